"""The exercises of notebook 06."""

import numpy as np

from ..exercises import Convention, exercise
from .made_up_data import labelled, numbers


def _pull(X, y):
    return 2 / len(X) * (X - X.mean(0)).T @ (y - y.mean(0))


def _top_is_negative(rng, m, n):
    """Uncentred X and y whose strongest correlation is negative; in some draws all are."""
    case = labelled(rng, m, n)
    if m % 2:
        case["y"] = (3 - case["X"].sum(dim=1, keepdim=True) + numbers(rng, m, 1)).round(decimals=1)
    pull = _pull(case["X"], case["y"])
    return {**case, "y": case["y"] if pull.abs().max() > pull.max() else -case["y"]}


@exercise(draw=_top_is_negative, returns="one number")
def lambda_max(X, y):
    """The smallest λ at which every weight is 0."""
    pull = _pull(X, y)
    highest = pull.abs().max()
    yield highest
    yield "X and y were not centred: the bias is free, it takes the means"
    yield (2 / len(X) * X.T @ y).abs().max()
    yield "the 2 is missing: this is scikit-learn's largest alpha, λ_max/2"
    yield highest / 2
    yield "the 1/m is missing: the squared error is a mean"
    yield highest * len(X)
    yield "the |·| is missing: the largest in *size* may be negative"
    yield pull.max()
    yield "the |·| came too late: first the sizes, then the largest"
    yield pull.max().abs()
    yield "the sum over the features, where the largest is wanted"
    yield pull.abs().sum()
    yield "the smallest over the features, where the largest is wanted"
    yield pull.abs().min()
    yield "the root of the sum of squares, where the largest size is wanted"
    yield pull.norm()
    yield "y was divided by its std: λ is in y's own units"
    yield highest / y.std()
    yield "X was z-scored inside: the λ_max of *this* X is wanted"
    yield (pull / X.std(0)[:, None]).abs().max()


def _errors_of_folds(rng, m, n):
    """K values of λ in an order of their own, and the errors of m folds: a valley, flat at small λ."""
    K = 16
    place = np.arange(K)
    valley = 1 + 0.02 * (place - 3) ** 2
    noise = 0.3 * rng.standard_normal((m, 1)) + (0.05 + 0.05 * place) * rng.standard_normal((m, K))
    order, lambda_coefs = rng.permutation(K), np.geomspace(0.01, 2, K).round(3)
    return {"lambda_coefs": lambda_coefs[order], "fold_errors": (valley + noise).round(2)[:, order]}


def _kept(lambda_coefs, mean, width):
    """The λ whose mean error is within a width of the lowest."""
    return lambda_coefs[mean <= mean.min() + width]


@exercise(draw=_errors_of_folds, returns="one number, a λ")
def one_se(lambda_coefs, fold_errors):
    """The largest λ whose mean error is within one SE of the lowest."""
    F, K = fold_errors.shape
    mean, ses = fold_errors.mean(axis=0), fold_errors.std(axis=0, ddof=1) / np.sqrt(F)
    best = mean.argmin()
    se = ses[best]
    kept = _kept(lambda_coefs, mean, se)
    yield kept.max()
    yield Convention("the SE with ddof = 0; this series has ddof = 1")
    yield _kept(lambda_coefs, mean, fold_errors[:, best].std() / np.sqrt(F)).max()
    yield "this is λ_min: the largest λ within one SE of it is wanted"
    yield lambda_coefs[best]
    yield "the SD was taken for the SE: divide by √F"
    yield _kept(lambda_coefs, mean, se * np.sqrt(F)).max()
    yield "the smallest λ within one SE: the largest is the simplest"
    yield kept.min()
    yield "divided by F, where √F is right"
    yield _kept(lambda_coefs, mean, se / np.sqrt(F)).max()
    yield "divided by the root of the number of λ: the SE is over the folds"
    yield _kept(lambda_coefs, mean, se * np.sqrt(F / K)).max()
    yield "each λ was judged by its own SE: the SE at the minimum counts"
    yield lambda_coefs[mean - ses <= mean[best]].max()
    yield "the first λ in the list that is within one SE: the list may come in any order"
    yield kept[0]
    yield "the last λ in the list that is within one SE: the list may come in any order"
    yield kept[-1]
    yield "within *two* SEs: one is the rule"
    yield _kept(lambda_coefs, mean, 2 * se).max()
    yield "the smallest λ that is no longer within one SE: the largest that still is, is wanted"
    yield lambda_coefs[mean > mean[best] + se].min()
    yield "the error came back, where the λ is wanted"
    yield mean[best] + se
    yield "a position in the list came back, where the λ is wanted"
    yield np.flatnonzero(lambda_coefs == kept.max())[0]
    yield "the largest λ of all came back"
    yield lambda_coefs.max()


def _two_models(rng, m, n):
    hard = rng.standard_normal(m) ** 2  # a man who is hard to predict is so for both models
    one, other = hard + 0.3 * rng.random(m), hard + 0.3 + 0.3 * rng.random(m)
    return {"squares": one.round(2), "squares_other": other.round(2)}


@exercise(draw=_two_models, returns="(gain, SE), two numbers")
def paired_gain(squares, squares_other):
    """By how much the first model is better, man by man, and the SE of that."""
    gain, root_m = squares_other - squares, np.sqrt(len(squares))
    mean, sd = gain.mean(), gain.std(ddof=1)
    se = sd / root_m
    yield mean, se
    yield Convention("the SE with ddof = 0; this series has ddof = 1")
    yield mean, gain.std() / root_m
    yield "the men were not paired: take each man's difference first, then its SE"
    yield mean, np.sqrt((squares.var(ddof=1) + squares_other.var(ddof=1)) / len(squares))
    yield "the SD was taken for the SE: divide by √m"
    yield mean, sd
    yield "divided by m, where √m is right"
    yield mean, sd / len(squares)
    yield "the sign is turned round: positive must mean that the first model is better"
    yield -mean, se
    yield "the roots of the squares were taken: the gain is in squared errors"
    gain_of_roots = np.sqrt(squares_other) - np.sqrt(squares)
    yield gain_of_roots.mean(), gain_of_roots.std(ddof=1) / root_m
    yield "summed over the men, where the mean is wanted; the SE is right"
    yield gain.sum(), se
    yield "the variance was taken for the std"
    yield mean, sd**2 / root_m
    yield "two SEs, where one is wanted"
    yield mean, 2 * se
    yield "the difference of the two SEs, where the SE of the difference is wanted"
    yield mean, (squares_other.std(ddof=1) - squares.std(ddof=1)) / root_m
