"""The exercises of notebook 06."""

import numpy as np

from .made_up import labelled, numbers
from .mechanism import EXERCISES, Exercise


def _pull(X, y):
    return 2 / len(X) * (X - X.mean(0)).T @ (y - y.mean(0))


def _top_is_negative(rng, m, n):
    """Uncentred X and y whose strongest correlation is negative; in some draws all are."""
    case = labelled(rng, m, n)
    if m % 2:
        case["y"] = (3 - case["X"].sum(dim=1, keepdim=True) + numbers(rng, m, 1)).round(decimals=1)
    pull = _pull(case["X"], case["y"])
    return {**case, "y": case["y"] if pull.abs().max() > pull.max() else -case["y"]}


EXERCISES["lambda_max"] = Exercise(
    draw=_top_is_negative,
    reference=lambda X, y: _pull(X, y).abs().max(),
    mistakes={
        "X and y were not centred: the bias is free, it takes the means": lambda X, y: (
            (2 / len(X) * X.T @ y).abs().max()
        ),
        "the 2 is missing: this is scikit-learn's largest alpha, λ_max/2": lambda X, y: (
            _pull(X, y).abs().max() / 2
        ),
        "the 1/m is missing: the squared error is a mean": lambda X, y: _pull(X, y).abs().max() * len(X),
        "the |·| is missing: the largest in *size* may be negative": lambda X, y: _pull(X, y).max(),
        "the |·| came too late: first the sizes, then the largest": lambda X, y: _pull(X, y).max().abs(),
        "the sum over the features, where the largest is wanted": lambda X, y: _pull(X, y).abs().sum(),
        "the smallest over the features, where the largest is wanted": lambda X, y: _pull(X, y).abs().min(),
        "the root of the sum of squares, where the largest size is wanted": lambda X, y: _pull(X, y).norm(),
        "y was divided by its std: λ is in y's own units": lambda X, y: _pull(X, y).abs().max() / y.std(),
        "X was z-scored inside: the λ_max of *this* X is wanted": lambda X, y: (
            (_pull(X, y) / X.std(0)[:, None]).abs().max()
        ),
    },
    returns="one number",
)


def _errors_of_folds(rng, m, n):
    """K values of λ in an order of their own, and the errors of m folds: a valley, flat at small λ."""
    K = 16
    place = np.arange(K)
    valley = 1 + 0.02 * (place - 3) ** 2
    noise = 0.3 * rng.standard_normal((m, 1)) + (0.05 + 0.05 * place) * rng.standard_normal((m, K))
    order, lambda_coefs = rng.permutation(K), np.geomspace(0.01, 2, K).round(3)
    return {"lambda_coefs": lambda_coefs[order], "fold_errors": (valley + noise).round(2)[:, order]}


def _mean_se(fold_errors, ddof=1):
    return fold_errors.mean(axis=0), fold_errors.std(axis=0, ddof=ddof) / np.sqrt(len(fold_errors))


def _one_se(lambda_coefs, fold_errors, times=1.0, ddof=1, pick=np.max):
    mean, se = _mean_se(fold_errors, ddof)
    best = mean.argmin()
    return pick(lambda_coefs[mean <= mean[best] + times * se[best]])


def _own_se(lambda_coefs, fold_errors):
    mean, se = _mean_se(fold_errors)
    return lambda_coefs[mean - se <= mean.min()].max()


def _beyond(lambda_coefs, fold_errors):
    mean, se = _mean_se(fold_errors)
    return lambda_coefs[mean > mean.min() + se[mean.argmin()]].min()


EXERCISES["one_se"] = Exercise(
    draw=_errors_of_folds,
    reference=_one_se,
    mistakes={
        "this is λ_min: the largest λ within one SE of it is wanted": lambda lambda_coefs, fold_errors: (
            lambda_coefs[fold_errors.mean(axis=0).argmin()]
        ),
        "the SD was taken for the SE: divide by √F": lambda lambda_coefs, fold_errors: _one_se(
            lambda_coefs, fold_errors, times=np.sqrt(len(fold_errors))
        ),
        "the smallest λ within one SE: the largest is the simplest": lambda lambda_coefs, fold_errors: (
            _one_se(lambda_coefs, fold_errors, pick=np.min)
        ),
        "divided by F, where √F is right": lambda lambda_coefs, fold_errors: _one_se(
            lambda_coefs, fold_errors, times=len(fold_errors) ** -0.5
        ),
        "divided by the root of the number of λ: the SE is over the "
        "folds": lambda lambda_coefs, fold_errors: _one_se(
            lambda_coefs, fold_errors, times=(len(fold_errors) / len(lambda_coefs)) ** 0.5
        ),
        "each λ was judged by its own SE: the SE at the minimum counts": _own_se,
        "the first λ in the list that is within one SE: the list may "
        "come in any order": lambda lambda_coefs, fold_errors: _one_se(
            lambda_coefs, fold_errors, pick=lambda kept: kept[0]
        ),
        "the last λ in the list that is within one SE: the list may "
        "come in any order": lambda lambda_coefs, fold_errors: _one_se(
            lambda_coefs, fold_errors, pick=lambda kept: kept[-1]
        ),
        "within *two* SEs: one is the rule": lambda lambda_coefs, fold_errors: _one_se(
            lambda_coefs, fold_errors, times=2.0
        ),
        "the smallest λ that is no longer within one SE: the largest that still is, is wanted": _beyond,
        "the error came back, where the λ is wanted": lambda lambda_coefs, fold_errors: (
            (mean := _mean_se(fold_errors))[0].min() + mean[1][mean[0].argmin()]
        ),
        "a position in the list came back, where the λ is wanted": lambda lambda_coefs, fold_errors: float(
            np.flatnonzero(lambda_coefs == _one_se(lambda_coefs, fold_errors))[0]
        ),
        "the largest λ of all came back": lambda lambda_coefs, fold_errors: lambda_coefs.max(),
    },
    conventions={
        "the SE with ddof = 0; this series has ddof = 1": lambda lambda_coefs, fold_errors: _one_se(
            lambda_coefs, fold_errors, ddof=0
        )
    },
    returns="one number, a λ",
)


def _two_models(rng, m, n):
    hard = rng.standard_normal(m) ** 2  # a man who is hard to predict is so for both models
    one, other = hard + 0.3 * rng.random(m), hard + 0.3 + 0.3 * rng.random(m)
    return {"squares": one.round(2), "squares_other": other.round(2)}


def _gain(squares, squares_other, ddof=1):
    gain = squares_other - squares
    return gain.mean(), gain.std(ddof=ddof) / np.sqrt(len(gain))


EXERCISES["paired_gain"] = Exercise(
    draw=_two_models,
    reference=_gain,
    mistakes={
        "the men were not paired: take each man's difference first, "
        "then its SE": lambda squares, squares_other: (
            _gain(squares, squares_other)[0],
            np.sqrt((squares.var(ddof=1) + squares_other.var(ddof=1)) / len(squares)),
        ),
        "the SD was taken for the SE: divide by √m": lambda squares, squares_other: (
            _gain(squares, squares_other)[0],
            (squares_other - squares).std(ddof=1),
        ),
        "divided by m, where √m is right": lambda squares, squares_other: (
            _gain(squares, squares_other)[0],
            (squares_other - squares).std(ddof=1) / len(squares),
        ),
        "the sign is turned round: positive must mean that the first "
        "model is better": lambda squares, squares_other: _gain(squares_other, squares),
        "the roots of the squares were taken: the gain is in squared errors": lambda squares, squares_other: (
            _gain(np.sqrt(squares), np.sqrt(squares_other))
        ),
        "summed over the men, where the mean is wanted; the SE is right": lambda squares, squares_other: (
            (squares_other - squares).sum(),
            _gain(squares, squares_other)[1],
        ),
        "the variance was taken for the std": lambda squares, squares_other: (
            _gain(squares, squares_other)[0],
            (squares_other - squares).var(ddof=1) / np.sqrt(len(squares)),
        ),
        "two SEs, where one is wanted": lambda squares, squares_other: (
            _gain(squares, squares_other)[0],
            2 * _gain(squares, squares_other)[1],
        ),
        "the difference of the two SEs, where the SE of the "
        "difference is wanted": lambda squares, squares_other: (
            _gain(squares, squares_other)[0],
            (squares_other.std(ddof=1) - squares.std(ddof=1)) / np.sqrt(len(squares)),
        ),
    },
    conventions={
        "the SE with ddof = 0; this series has ddof = 1": lambda squares, squares_other: _gain(
            squares, squares_other, ddof=0
        )
    },
    returns="(gain, SE), two numbers",
)
