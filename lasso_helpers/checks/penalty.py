"""The exercises of notebook 02."""

import math

import torch

from .made_up import model_at
from .mechanism import EXERCISES, Exercise

PAIRS = ((1.0, 0.5), (-2.0, 1.0), (0.2, 1.0), (1.5, 2.0), (-0.4, 0.6))  # a, λ; by number of rows drawn


def _pair(rng, m, n):
    a, lambda_coef = PAIRS[(4, 6, 9, 12, 7).index(m)]
    return {"a": a, "lambda_coef": lambda_coef}


def _sign(a):
    return math.copysign(1, a) if a else 0.0


EXERCISES["best_weight"] = Exercise(
    draw=_pair,
    reference=lambda a, lambda_coef: _sign(a) * max(abs(a) - lambda_coef / 2, 0),
    mistakes={
        "pulled by λ, where λ/2 is right: the square's derivative has a 2": lambda a, lambda_coef: (
            _sign(a) * max(abs(a) - lambda_coef, 0)
        ),
        "pulled beyond 0: where λ/2 is longer than |a| the answer is 0 itself": lambda a, lambda_coef: (
            a - _sign(a) * lambda_coef / 2
        ),
        "the sign of a is lost: a negative a has a negative best weight": lambda a, lambda_coef: max(
            abs(a) - lambda_coef / 2, 0
        ),
        "only right for a > 0: a negative a is pulled up, towards 0": lambda a, lambda_coef: max(
            a - lambda_coef / 2, 0
        ),
        "pulled down whatever the sign of a: a negative a is pulled up, towards 0": lambda a, lambda_coef: (
            a - lambda_coef / 2
        ),
        "set to 0 where it is small, but the others are not pulled by λ/2": lambda a, lambda_coef: (
            a if abs(a) > lambda_coef / 2 else 0.0
        ),
        "set to 0 from λ = |a| on: it is 0 from λ = 2|a| on": lambda a, lambda_coef: (
            0.0 if lambda_coef >= abs(a) else a - _sign(a) * lambda_coef / 2
        ),
        "this is ridge's, a/(1 + λ): smaller, never 0": lambda a, lambda_coef: a / (1 + lambda_coef),
        "λ has no effect: this is a": lambda a, lambda_coef: a,
    },
    returns="one number",
)


def _pull(w, b, X, y, centre=0):
    return 2 * X.T @ (y - X @ w - b - centre) / len(X)


EXERCISES["unexplained"] = Exercise(
    draw=model_at,
    reference=lambda w, b, X, y: _pull(w, b, X, y).abs(),
    mistakes={
        "the 2 is missing: it comes from the square": lambda w, b, X, y: _pull(w, b, X, y).abs() / 2,
        "summed over the rows, where the mean is wanted: the 1/m is missing": lambda w, b, X, y: (
            _pull(w, b, X, y).abs() * len(X)
        ),
        "correlated with y itself: what counts is the residual, what "
        "the others leave unexplained": lambda w, b, X, y: (2 * X.T @ y / len(X)).abs(),
        "the bias is missing in the residual": lambda w, b, X, y: _pull(w, 0, X, y).abs(),
        "the sign is kept: the size |·| is wanted": lambda w, b, X, y: _pull(w, b, X, y),
        "the sign is kept, and turned round: the size |·| is wanted": lambda w, b, X, y: -_pull(w, b, X, y),
        "only the largest came back: one number for each feature is wanted": lambda w, b, X, y: (
            _pull(w, b, X, y).abs().max()
        ),
        "the sizes were taken before the sum: |Σ| is wanted, not Σ|·|": lambda w, b, X, y: (
            (2 * X * (y - X @ w - b) / len(X)).abs().sum(0)[:, None]
        ),
        "squared, where the size |·| is wanted": lambda w, b, X, y: _pull(w, b, X, y) ** 2,
    },
    returns="|2xⱼᵀr/m| of each feature (n, 1)",
    flat=True,
)

EXERCISES["patterns"] = Exercise(
    draw=lambda rng, m, n: {"n": m},
    reference=lambda n: torch.tensor(3.0**n),
    mistakes={
        "2ⁿ counts plus and minus: a weight can also be 0": lambda n: torch.tensor(2.0**n),
        "3n: the cases multiply, they do not add": lambda n: torch.tensor(3.0 * n),
        "n³: each of the n weights brings a factor of 3, so it is 3 to the power n": lambda n: torch.tensor(
            float(n) ** 3
        ),
        "n!: the order of the features does not matter, only each one's sign": lambda n: torch.tensor(
            float(math.factorial(n))
        ),
        "one too few: all weights 0 is a pattern as well (the one beyond λ_max)": lambda n: torch.tensor(
            3.0**n - 1
        ),
        "2ⁿ − 1 counts sets of features: signs count, too": lambda n: torch.tensor(2.0**n - 1),
        "3ⁿ⁻¹: every one of the n weights has its three cases": lambda n: torch.tensor(3.0 ** (n - 1)),
    },
    returns="one whole number",
)
