"""The exercise of notebook 00."""

from .made_up import columns
from .mechanism import EXERCISES, Exercise


def _two_tables(rng, m, n):
    return {"X_train": columns(rng, m, n), "X_test": columns(rng, m - 1, n) + 1}


def _z(X, ruler, correction=1):
    return (X - ruler.mean(0)) / ruler.std(0, correction=correction)


def _both(X_train, X_test):
    return X_train.new_tensor([*X_train.tolist(), *X_test.tolist()])


EXERCISES["zscore_test"] = Exercise(
    draw=_two_tables,
    reference=lambda X_train, X_test: _z(X_test, X_train),
    mistakes={
        "the test men were measured by their own mean and std: use X_train's": lambda X_train, X_test: _z(
            X_test, X_test
        ),
        "the mean is X_train's, the std X_test's: both must be X_train's": lambda X_train, X_test: (
            (X_test - X_train.mean(0)) / X_test.std(0)
        ),
        "the std is X_train's, the mean X_test's: both must be X_train's": lambda X_train, X_test: (
            (X_test - X_test.mean(0)) / X_train.std(0)
        ),
        "mean and std were taken over all men together: a test man "
        "must not move the ruler": lambda X_train, X_test: _z(X_test, _both(X_train, X_test)),
        "divided by the variance: the std is its root": lambda X_train, X_test: (
            (X_test - X_train.mean(0)) / X_train.var(0)
        ),
        "divided by the std, but the mean was not taken away": lambda X_train, X_test: (
            X_test / X_train.std(0)
        ),
        "the mean was taken away, but nothing divided by the std": lambda X_train, X_test: (
            X_test - X_train.mean(0)
        ),
        "one mean and one std for the whole table: each column needs "
        "its own (dim=0)": lambda X_train, X_test: (X_test - X_train.mean()) / X_train.std(),
        "X_train's own z-scores came back: those of X_test are wanted": lambda X_train, X_test: _z(
            X_train, X_train
        ),
        "the z-scores were undone: subtract the mean, then divide by the std": lambda X_train, X_test: (
            X_test * X_train.std(0) + X_train.mean(0)
        ),
    },
    conventions={
        "ddof = 0, as scikit-learn's StandardScaler; this series has ddof = 1": lambda X_train, X_test: _z(
            X_test, X_train, correction=0
        )
    },
    returns="the z-scores (k, n)",
)
