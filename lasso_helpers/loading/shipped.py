"""The data sets that come with the package."""

from pathlib import Path

import numpy as np

from ..data import Dataset
from ..report import Origin
from .tables import load_csv, parted

DATASETS = Path(__file__).parents[1] / "datasets"


def load_prostate(standardized: bool = True) -> Dataset:
    """The prostate cancer data of Stamey et al. (1989): 67 men to train on, 30 to test on.

    The split is the file's own `train` column, as in *The Elements of Statistical Learning*.
    The label is lpsa, in log(ng/ml); the features are in raw units, or z-scored (`zscore`).
    """
    table = np.genfromtxt(DATASETS / "prostate.csv", delimiter=",", names=True)
    names = [name for name in table.dtype.names or () if name not in ("lpsa", "train")]
    X = np.column_stack([table[name] for name in names])
    origin = Origin("prostate.csv: 97 rows, 10 columns", split=["the split is the file's own column `train`"])
    return parted(X, table["lpsa"][:, None], table["train"] == 1, names, "lpsa", standardized, origin)


def load_diabetes(standardized: bool = True) -> Dataset:
    """The diabetes data of Efron et al. (2004): 442 patients, 10 features, 30 % of them to test on.

    The label is the disease's progression after a year; the features are in raw units, or z-scored.
    """
    return load_csv(DATASETS / "diabetes.csv", "progression", standardized=standardized)
