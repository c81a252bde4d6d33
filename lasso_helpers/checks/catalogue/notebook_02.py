"""The exercises of notebook 02."""

import math

import torch

from ..exercises import exercise
from .made_up_data import model_at

PAIRS = {4: (1.0, 0.5), 6: (-2.0, 1.0), 9: (0.2, 1.0), 12: (1.5, 2.0), 7: (-0.4, 0.6)}  # {rows drawn: (a, λ)}


def _pair(rng, m, n):
    a, lam = PAIRS[m]
    return {"a": a, "lambda_coef": lam}


@exercise(draw=_pair, returns="one number")
def best_weight(a, lam):
    """The minimiser of (w − a)² + λ|w|."""
    sign, size = math.copysign(1, a) if a else 0.0, abs(a)
    yield sign * max(size - lam / 2, 0)
    yield "pulled by λ, where λ/2 is right: the square's derivative has a 2"
    yield sign * max(size - lam, 0)
    yield "pulled beyond 0: where λ/2 is longer than |a| the answer is 0 itself"
    yield a - sign * lam / 2
    yield "the sign of a is lost: a negative a has a negative best weight"
    yield max(size - lam / 2, 0)
    yield "only right for a > 0: a negative a is pulled up, towards 0"
    yield max(a - lam / 2, 0)
    yield "pulled down whatever the sign of a: a negative a is pulled up, towards 0"
    yield a - lam / 2
    yield "set to 0 where it is small, but the others are not pulled by λ/2"
    yield a if size > lam / 2 else 0.0
    yield "set to 0 from λ = |a| on: it is 0 from λ = 2|a| on"
    yield 0.0 if lam >= size else a - sign * lam / 2
    yield "this is ridge's, a/(1 + λ): smaller, never 0"
    yield a / (1 + lam)
    yield "λ has no effect: this is a"
    yield a


@exercise(draw=model_at, returns="|2xⱼᵀr/m| of each feature (n, 1)", flat=True)
def unexplained(w, b, X, y):
    """How strongly each feature is correlated with what the model leaves unexplained."""
    m, residual = len(X), y - X @ w - b
    pull = 2 * X.T @ residual / m
    yield pull.abs()
    yield "the 2 is missing: it comes from the square"
    yield pull.abs() / 2
    yield "summed over the rows, where the mean is wanted: the 1/m is missing"
    yield pull.abs() * m
    yield "correlated with y itself: what counts is the residual, what the others leave unexplained"
    yield (2 * X.T @ y / m).abs()
    yield "the bias is missing in the residual"
    yield (2 * X.T @ (y - X @ w) / m).abs()
    yield "the sign is kept: the size |·| is wanted"
    yield pull
    yield "the sign is kept, and turned round: the size |·| is wanted"
    yield -pull
    yield "only the largest came back: one number for each feature is wanted"
    yield pull.abs().max()
    yield "the sizes were taken before the sum: |Σ| is wanted, not Σ|·|"
    yield (2 * X * residual / m).abs().sum(0)[:, None]
    yield "squared, where the size |·| is wanted"
    yield pull**2


@exercise(draw=lambda rng, m, n: {"n": m}, returns="one whole number")
def patterns(n):
    """How many patterns of signs n weights have."""
    yield torch.tensor(3.0**n)
    yield "2ⁿ counts plus and minus: a weight can also be 0"
    yield torch.tensor(2.0**n)
    yield "3n: the cases multiply, they do not add"
    yield torch.tensor(3.0 * n)
    yield "n³: each of the n weights brings a factor of 3, so it is 3 to the power n"
    yield torch.tensor(float(n) ** 3)
    yield "n!: the order of the features does not matter, only each one's sign"
    yield torch.tensor(float(math.factorial(n)))
    yield "one too few: all weights 0 is a pattern as well (the one beyond λ_max)"
    yield torch.tensor(3.0**n - 1)
    yield "2ⁿ − 1 counts sets of features: signs count, too"
    yield torch.tensor(2.0**n - 1)
    yield "3ⁿ⁻¹: every one of the n weights has its three cases"
    yield torch.tensor(3.0 ** (n - 1))
