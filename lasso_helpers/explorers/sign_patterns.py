"""An explorer of notebook 06: of all sign patterns, the one that fits."""

import itertools
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from matplotlib.ticker import FixedLocator
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..data import Dataset, as_varied_dataset, centre
from ..lasso_path import lambda_max
from ..live_figure import LiveFigure
from .errors import power_of_ten
from .slider_values import LAMBDA_1, Drawing, live_by_values, near, panels, round_grid

# In units of the power of ten nearest to λ_max:
FITS = 1e-9  # a violation below is rounding
LOWEST = 1e-3  # of the log axis; patterns that fit lie in a strip below it


class _Numbers(NamedTuple):
    lambda_coefs: np.ndarray  # (K,)
    violations: np.ndarray  # (K, 3ⁿ)
    ranks: np.ndarray  # (R,), those that are drawn
    ordered: np.ndarray  # (K, R), the violations of these ranks
    fitting: np.ndarray  # (K, n), the signs that violate least
    unit: float  # of λ and the violations, a power of ten


def explore_sign_patterns(
    data: Dataset, lambda_coefs: ArrayLike | None = None, presets: Mapping[str, float] | None = None
) -> LiveFigure:
    """λ moves the KKT violations of all 3ⁿ sign patterns, sorted, and the signs of the one that has none.

    With the signs s of the weights in a set S fixed, the lasso is a linear system:
    w_S = (2X_SᵀX_S/m)⁻¹ (2X_Sᵀy_c/m − λs). The violation is the largest over the features of
    |gⱼ + λ·sign(wⱼ)| where wⱼ ≠ 0, and of |gⱼ| − λ where wⱼ = 0. presets: more named positions,
    {name: λ}. Raises ValueError for n > 9.
    """
    n = as_varied_dataset(data).exact.X_train.shape[1]
    if n > 9:
        raise ValueError(f"data must have 9 features or fewer (3⁹ patterns are 19,683), got {n}")
    highest = lambda_max(*data.exact[:2])
    numbers = _numbers(data, lambda_coefs, highest)
    weak, half, strong = (near(numbers.lambda_coefs, share * LAMBDA_1 * highest) for share in (0.1, 0.5, 1))
    own = {f"λ = {lam:g}": lam for lam in (weak, half, strong)}
    sliders = {"penalty λ": numbers.lambda_coefs}
    words = _words(numbers)
    return live_by_values(
        lambda narrow: _drawing(data, numbers, narrow), sliders, words, start=half, own=own, given=presets
    )


def _numbers(data, lambda_coefs, highest):
    if lambda_coefs is None:
        lambda_coefs = round_grid(1.1 * highest)[1:]
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, above=0)
    signs = np.array(list(itertools.product((0, 1, -1), repeat=data.exact.X_train.shape[1])), dtype=float)
    violations, unit = pattern_violations(data, signs, lambda_coefs), power_of_ten(highest)
    ranks = np.unique(np.geomspace(1, len(signs), 200).round().astype(int))  # more no log axis shows
    ordered = np.sort(np.where(violations < FITS * unit, 0, violations), axis=1)[:, ranks - 1]
    return _Numbers(lambda_coefs, violations, ranks, ordered, signs[violations.argmin(axis=1)], unit)


def pattern_violations(data, signs, lambda_coefs):
    """The KKT violation of each pattern's own solution: signs (P, n) of −1, 0, 1, (K,) -> (K, P)."""
    X, y, _, _ = centre(*(part.numpy() for part in data.exact[:2]))
    hessian, slope = (2 / len(X) * X.T @ part for part in (X, y))
    is_in = signs != 0
    system = np.where(is_in[:, :, None] & is_in[:, None], hessian, np.eye(signs.shape[1]))
    sides = np.stack([is_in * slope[:, 0], signs], axis=2)
    is_unique = np.linalg.matrix_rank(X) == X.shape[1]  # else the shortest w that comes closest
    solved = np.linalg.solve(system, sides) if is_unique else np.linalg.pinv(system, hermitian=True) @ sides
    start, pull = np.moveaxis(solved, 2, 0)  # w = start − λ·pull, (P, n) each
    lam = lambda_coefs[:, None, None]
    weights = start - lam * pull  # (K, P, n)
    gradient = weights @ hessian - slope[:, 0]
    broken = np.where(is_in, np.abs(gradient + lam * np.sign(weights)), np.abs(gradient) - lam)
    return broken.max(axis=2).clip(min=0)


def _drawing(data, numbers, narrow):
    ranks, ordered, lowest = numbers.ranks, numbers.ordered, LOWEST * numbers.unit
    figure, (left, right) = panels(narrow, (1.6, 1))
    (line,) = left.plot(ranks, ordered[0], color=drawing.INK, marker="o", markersize=5)
    (best,) = left.plot(ranks[:1], ordered[0, :1], linestyle="none", **drawing.MINIMISER_LOOK)
    left.set(xscale="log", xlabel="sign pattern, by rank", xlim=(0.8, 1.3 * ranks[-1]))
    left.set(yscale="log", ylabel="largest KKT violation", ylim=(lowest / 10, 3 * ordered.max()))
    left.axhspan(lowest / 10, lowest / 1.5, color=drawing.STRIP_COLOR, zorder=0)
    drawing.plain_numbers(left.xaxis)
    drawing.plain_numbers(left.yaxis, FixedLocator([lowest / 4, *np.geomspace(lowest, 1e4 * lowest, 5)]))
    left.yaxis.set_major_formatter(
        lambda value, _: "none" if value < lowest / 2 else drawing.plain_number(value)
    )
    drawing.weight_rows(data.feature_names, ax=right, limit=1.6)
    signs = drawing.weight_marks(numbers.fitting, drawing.MINIMISER_LOOK, ax=right)
    right.set(xlabel="sign that fits", xticks=(-1, 0, 1))
    heights = np.where(ordered == 0, lowest / 4, ordered)
    return Drawing(figure, {line: heights, best: heights[:, :1]} | signs, [line])


def _words(numbers):
    fit = (numbers.violations < FITS * numbers.unit).sum(axis=1)
    return {
        f"of {numbers.violations.shape[1]:,} patterns without a KKT violation": fit.astype(str),
        "the next best violates by": [f"{violation:.2g}" for violation in numbers.ordered[:, 1]],
        "features in": (numbers.fitting != 0).sum(axis=1).astype(str),
    }
