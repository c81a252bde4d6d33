"""An explorer of notebook 02: one weight's parabola with a corner, and its minimiser's snap to 0."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..live_figure import LiveFigure
from ..proximal import soft_threshold
from .slider_values import Drawing, live_by_values, panels


class _Numbers(NamedTuple):
    a_values: np.ndarray  # (K,)
    lambda_coefs: np.ndarray  # (L,)
    w: np.ndarray  # (P,), the grid on which curves are drawn
    best: np.ndarray  # (K, L, 1), the minimiser of (w − a)² + λ|w|
    best_of_w: np.ndarray  # (1, L, P), the same for every a on the grid


def explore_one_weight(
    a_values: ArrayLike | None = None,
    lambda_coefs: ArrayLike | None = None,
    presets: Mapping[str, tuple[float, float]] | None = None,
) -> LiveFigure:
    """a and λ move the objective (w − a)² + λ|w| of one weight, and its minimiser's snap to 0.

    presets: more named positions, {name: (a, λ)}.
    """
    numbers = _numbers(a_values, lambda_coefs)
    own = {"no penalty": (1, 0), "pulled": (1, 1), "at the threshold": (1, 2), "exactly 0": (1, 3)}
    sliders = {"a": numbers.a_values, "penalty λ": numbers.lambda_coefs}
    return live_by_values(
        lambda narrow: _drawing(numbers, narrow),
        sliders,
        _words(numbers),
        start=(1, 0),
        own=own,
        given=presets,
    )


def _numbers(a_values, lambda_coefs):
    a_values = as_numbers("a_values", np.linspace(-2, 2, 17) if a_values is None else a_values)
    lambda_coefs = np.linspace(0, 5, 51).round(1) if lambda_coefs is None else lambda_coefs
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    reach = 1.5 * max(np.abs(a_values).max(), 0.5)
    w = np.linspace(-reach, reach, 241)
    threshold = lambda_coefs[None, :, None] / 2
    best, best_of_w = (soft_threshold(a, threshold) for a in (a_values[:, None, None], w))
    return _Numbers(a_values, lambda_coefs, w, best, best_of_w)


def _drawing(numbers, narrow):
    a_values, lambda_coefs, w, best, best_of_w = numbers
    figure, (left, right) = panels(narrow)
    lines = drawing.one_weight_objective(w, a_values[0], lambda_coefs[0], ax=left)
    parabola, penalty, total, *lowest = lines
    left.set(ylim=(-0.4, 9))
    left.legend(loc="upper center", ncols=3, bbox_to_anchor=(0.5, 1.16), columnspacing=1)
    right.plot(w, w, color=drawing.QUIET, linestyle=":")
    right.text(0.85 * w[-1], 0.9 * w[-1], "λ = 0", ha="right", color=drawing.NOTE)
    (minimisers,) = right.plot(w, w, color=drawing.INK)
    here = drawing.filled_and_hollow(drawing.MINIMISER_LOOK, ax=right)
    drawing.zero_line(ax=right)
    right.set(xlabel="a", ylabel="best weight", xlim=w[[0, -1]], ylim=w[[0, -1]])

    a, lam = a_values[:, None, None], lambda_coefs[None, :, None]
    square, corner = (w - a) ** 2, lam * np.abs(w)
    at_best = (best - a) ** 2 + lam * np.abs(best)
    moving = {parabola: square, penalty: corner, total: square + corner, minimisers: best_of_w}
    moving |= drawing.by_zero(best, at_best, best == 0, lowest)
    moving |= drawing.by_zero(a, best, best == 0, here)
    return Drawing(figure, moving, pick={right: "a"})


def _words(numbers):
    def best(lam, w):
        if w == 0:
            return "0, exactly 0, because λ ≥ 2|a|"
        return f"{w:.3g}, a pulled {lam / 2:g} towards 0" if lam > 0 else f"{w:.3g}, a itself"

    return {
        "2|a|": [[f"{2 * abs(a):g}"] for a in numbers.a_values],
        "best weight": [list(map(best, numbers.lambda_coefs, row)) for row in numbers.best[..., 0]],
    }
