"""The data sets that come with the package."""

from pathlib import Path

import numpy as np

from ..data import Dataset, zscore
from ..report import Origin
from .tables import load_csv

DATASETS = Path(__file__).parents[1] / "datasets"


def load_prostate(standardized: bool = True) -> Dataset:
    """The prostate cancer data of Stamey et al. (1989): 67 men to train on, 30 to test on.

    The split is the file's own `train` column, as in *The Elements of Statistical Learning*.
    The label is lpsa, in log(ng/ml); the features are in raw units, or z-scored (`zscore`).
    """
    table = np.genfromtxt(DATASETS / "prostate.csv", delimiter=",", names=True)
    names = [name for name in table.dtype.names or () if name not in ("lpsa", "train")]
    X, y, is_train = (
        np.column_stack([table[name] for name in names]),
        table["lpsa"][:, None],
        table["train"] == 1,
    )
    X_train, X_test = zscore(X[is_train], X[~is_train]) if standardized else (X[is_train], X[~is_train])
    data = Dataset(X_train, y[is_train], X_test, y[~is_train], names, "lpsa")
    split = ["the split is the file's own column `train`"]
    mean, scale = (
        (X[is_train].mean(axis=0), X[is_train].std(axis=0, ddof=1))
        if standardized
        else (0 * X[0], 0 * X[0] + 1)
    )
    data.origin = Origin("prostate.csv: 97 rows, 10 columns", [], [], split, [], mean, scale)
    return data


def load_diabetes(standardized: bool = True) -> Dataset:
    """The diabetes data of Efron et al. (2004): 442 patients, 10 features, 30 % of them to test on.

    The label is the disease's progression after a year; the features are in raw units, or z-scored.
    """
    return load_csv(DATASETS / "diabetes.csv", "progression", standardized=standardized)
