"""The exercise of notebook 00."""

import torch

from ..exercises import Convention, exercise
from .made_up_data import columns


def _two_tables(rng, m, n):
    return {"X_train": columns(rng, m, n), "X_test": columns(rng, m - 1, n) + 1}


@exercise(
    _two_tables,
    returns="the z-scores (k, n)",
    ddof={0: Convention("ddof = 0, as scikit-learn's StandardScaler; this series has ddof = 1")},
    ruler={
        "test": "the test men were measured by their own mean and std: use X_train's",
        "both": "mean and std were taken over all men together: no test man may change them",
    },
    std_of={"test": "the mean is X_train's, the std X_test's: both must be X_train's"},
    mean_of={"test": "the std is X_train's, the mean X_test's: both must be X_train's"},
    power={2: "divided by the variance: the std is its root", 0: "nothing was divided by the std"},
    centred={False: "the mean was not subtracted"},
    dim={(0, 1): "one mean and one std for the whole table: each column needs its own (dim=0)"},
    men={"train": "X_train's own z-scores came back: those of X_test are wanted"},
    order={
        "undone": "the z-scores were undone: subtract the mean, then divide by the std",
        "no brackets": "the division came before the subtraction: brackets round X_test − mean are missing",
    },
)
def zscore_test(
    X_train, X_test, *, ddof=1, ruler="train", std_of=None, mean_of=None, power=1, centred=True, dim=0,
    men="test", order="mean, std",
):  # fmt: skip
    """The z-scores of X_test (k, n), by the mean and the std of X_train (m, n)."""
    tables = {"train": X_train, "test": X_test, "both": torch.cat([X_train, X_test])}
    mean = centred * tables[mean_of or ruler].mean(dim)
    std = tables[std_of or ruler].std(dim, correction=ddof) ** power
    orders = {"undone": tables[men] * std + mean, "no brackets": tables[men] - mean / std}
    return orders.get(order, (tables[men] - mean) / std)
