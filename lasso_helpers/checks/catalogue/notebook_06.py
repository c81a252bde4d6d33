"""The exercises of notebook 06."""

import numpy as np

from ..exercises import Convention, exercise
from .made_up_data import labelled, numbers

DDOF_0 = {0: Convention("the SE with ddof = 0; this series has ddof = 1")}


def _pull(X, y):
    return 2 / len(X) * (X - X.mean(0)).T @ (y - y.mean(0))


def _top_is_negative(rng, m, n):
    """Uncentred X and y whose strongest correlation is negative; in some draws all are."""
    case = labelled(rng, m, n)
    if m % 2:
        case["y"] = (3 - case["X"].sum(dim=1, keepdim=True) + numbers(rng, m, 1)).round(decimals=1)
    pull = _pull(case["X"], case["y"])
    return {**case, "y": case["y"] if pull.abs().max() > pull.max() else -case["y"]}


@exercise(
    _top_is_negative,
    returns="one number",
    centred={False: "X and y were not centred: the intercept is free, and takes up the means"},
    two={0.5: "the 2 is missing: this is scikit-learn's largest alpha, λ_max/2"},
    per_row={False: "the 1/m is missing: the squared error is a mean"},
    over={
        "signed": "the |·| is missing: the largest in *absolute value* may be negative",
        "late": "the |·| came too late: first the absolute values, then the largest",
        "sum": "the sum over the features, where the largest is wanted",
        "smallest": "the smallest over the features, where the largest is wanted",
        "norm": "the root of the sum of squares, where the largest absolute value is wanted",
    },
    scaled={
        "y": "y was divided by its std: λ is in y's own units",
        "X": "X was z-scored inside: the λ_max of *this* X is wanted",
    },
)
def lambda_max(X, y, *, centred=True, two=1, per_row=True, over="absolute values", scaled=""):
    """The smallest λ at which every weight is 0, a number: the largest |2X_cᵀy_c/m|."""
    X, y = X / (X.std(0) if scaled == "X" else 1), y / (y.std() if scaled == "y" else 1)
    pull = _pull(X, y) if centred else 2 / len(X) * X.T @ y
    pull = two * (1 if per_row else len(X)) * pull
    absolute = pull.abs()
    others = {"signed": pull.max(), "late": pull.max().abs()}
    others |= {"sum": absolute.sum(), "smallest": absolute.min()}
    return pull.norm() if over == "norm" else others.get(over, absolute.max())


def _errors_of_folds(rng, m, n):
    """K values of λ in an order of their own, and the errors of m folds: a valley, flat at small λ."""
    K = 16
    place = np.arange(K)
    valley = 1 + 0.02 * (place - 3) ** 2
    noise = 0.3 * rng.standard_normal((m, 1)) + (0.05 + 0.05 * place) * rng.standard_normal((m, K))
    order, lambda_coefs = rng.permutation(K), np.geomspace(0.01, 2, K).round(3)
    return {"lambda_coefs": lambda_coefs[order], "fold_errors": (valley + noise).round(2)[:, order]}


@exercise(
    _errors_of_folds,
    returns="one number, a λ",
    ddof=DDOF_0,
    root={
        "1": "the SD was taken for the SE: divide by √F",
        "F": "divided by F, where √F is right",
        "√K": "divided by the root of the number of λ: the SE is over the folds",
    },
    width={2: "within *two* SEs: one is the rule"},
    own={True: "each λ was judged by its own SE: the SE at the minimum counts"},
    take={
        "λ_min": "this is λ_min: the largest λ within one SE of it is wanted",
        "smallest": "the smallest λ within one SE: the largest is the simplest",
        "first": "the first λ in the list that is within one SE: the list may come in any order",
        "last": "the last λ in the list that is within one SE: the list may come in any order",
        "beyond": "the smallest λ that is no longer within one SE: the largest that still is, is wanted",
        "error": "the error came back, where the λ is wanted",
        "position": "a position in the list came back, where the λ is wanted",
        "of all": "the largest λ of all came back",
    },
)
def one_se(lambda_coefs, fold_errors, *, ddof=1, root="√F", width=1, own=False, take="largest"):
    """The largest λ (K,) whose mean of fold_errors (F, K) is within one SE of the lowest, a number."""
    F, K = fold_errors.shape
    mean = fold_errors.mean(axis=0)  # (K,)
    roots = {"√F": F**0.5, "1": 1, "F": F, "√K": K**0.5}
    se, best = fold_errors.std(axis=0, ddof=ddof) / roots[root], mean.argmin()
    is_within = mean <= mean[best] + width * (se if own else se[best])
    kept = lambda_coefs[is_within]
    return {
        "largest": kept.max(),
        "λ_min": lambda_coefs[best],
        "smallest": kept.min(),
        "first": kept[0],
        "last": kept[-1],
        "beyond": lambda_coefs[~is_within].min(),
        "error": mean[best] + width * se[best],
        "position": np.flatnonzero(lambda_coefs == kept.max())[0],
        "of all": lambda_coefs.max(),
    }[take]


def _two_models(rng, m, n):
    hard = rng.standard_normal(m) ** 2  # a man who is hard to predict is so for both models
    one, other = hard + 0.3 * rng.random(m), hard + 0.3 + 0.3 * rng.random(m)
    return {"squares": one.round(2), "squares_other": other.round(2)}


@exercise(
    _two_models,
    returns="(gain, SE), two numbers",
    parts=("gain", "SE"),
    ddof=DDOF_0,
    se={
        "unpaired": "the men were not paired: take each man's difference first, then its SE",
        "SD": "the SD was taken for the SE: divide by √m",
        "SD/m": "divided by m, where √m is right",
        "variance": "the variance was taken for the std",
        "twice": "two SEs, where one is wanted",
        "difference": "the difference of the two SEs, where the SE of the difference is wanted",
    },
    sign={-1: "the sign is turned round: positive must mean that the first model is better"},
    roots={True: "the roots of the squares were taken: the gain is in squared errors"},
    summed={True: "summed over the men, where the mean is wanted"},
    swapped={True: "gain and SE have changed places: the gain comes first"},
)
def paired_gain(
    squares, squares_other, *, ddof=1, se="paired", sign=1, roots=False, summed=False, swapped=False
):
    """By how much the first model is better, man by man, and the SE of that; two arrays (m,)."""
    one, other = (np.sqrt(squares), np.sqrt(squares_other)) if roots else (squares, squares_other)
    gain, m = other - one, len(one)
    sd, sd_one, sd_other = (values.std(ddof=ddof) for values in (gain, one, other))
    ses = {
        "unpaired": ((sd_one**2 + sd_other**2) / m) ** 0.5,
        "SD": sd,
        "SD/m": sd / m,
        "variance": sd**2 / m**0.5,
        "twice": 2 * sd / m**0.5,
        "difference": (sd_other - sd_one) / m**0.5,
    }
    pair = sign * (gain.sum() if summed else gain.mean()), ses.get(se, sd / m**0.5)
    return pair[::-1] if swapped else pair
