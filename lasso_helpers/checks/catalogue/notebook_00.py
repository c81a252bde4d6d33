"""The exercise of notebook 00."""

import torch

from ..exercises import Convention, exercise
from .made_up_data import columns


def _two_tables(rng, m, n):
    return {"X_train": columns(rng, m, n), "X_test": columns(rng, m - 1, n) + 1}


@exercise(draw=_two_tables, returns="the z-scores (k, n)")
def zscore_test(X_train, X_test):
    """The z-scores of X_test, by the mean and the std of X_train."""
    mean, std = X_train.mean(0), X_train.std(0)
    both = torch.cat([X_train, X_test])
    yield (X_test - mean) / std
    yield Convention("ddof = 0, as scikit-learn's StandardScaler; this series has ddof = 1")
    yield (X_test - mean) / X_train.std(0, correction=0)
    yield "the test men were measured by their own mean and std: use X_train's"
    yield (X_test - X_test.mean(0)) / X_test.std(0)
    yield "the mean is X_train's, the std X_test's: both must be X_train's"
    yield (X_test - mean) / X_test.std(0)
    yield "the std is X_train's, the mean X_test's: both must be X_train's"
    yield (X_test - X_test.mean(0)) / std
    yield "mean and std were taken over all men together: a test man must not move the ruler"
    yield (X_test - both.mean(0)) / both.std(0)
    yield "divided by the variance: the std is its root"
    yield (X_test - mean) / X_train.var(0)
    yield "divided by the std, but the mean was not taken away"
    yield X_test / std
    yield "the mean was taken away, but nothing divided by the std"
    yield X_test - mean
    yield "one mean and one std for the whole table: each column needs its own (dim=0)"
    yield (X_test - X_train.mean()) / X_train.std()
    yield "X_train's own z-scores came back: those of X_test are wanted"
    yield (X_train - mean) / std
    yield "the z-scores were undone: subtract the mean, then divide by the std"
    yield X_test * std + mean
