"""The main explorer, of notebooks 00 and 04: λ and α move the learning curves."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..closed_form import curvature, largest_stable_lr, shortest_least_squares
from ..data import Dataset, as_varied_dataset
from ..lasso_path import LassoPath, lambda_max, lasso_path
from ..live_figure import LiveFigure
from ..training import CurveGrid, train_grid
from .descent_states import STATE_COLORS, descent_states
from .errors import in_words, percent, reference_errors, rmse_levels
from .slider_values import SIZE, STYLE, default_lrs, live_by_values, round_grid


class _Numbers(NamedTuple):
    grid: CurveGrid
    exact: LassoPath  # at the grid's λ
    levels: tuple  # train and test RMSE of the minimisers, (K,) each
    references: tuple  # as from `reference_errors`
    states: np.ndarray  # (K, A), words
    highest: float  # λ_max
    limit: float  # 2/h


def explore_learning_curves(
    data: Dataset,
    lambda_coefs: ArrayLike | None = None,
    lrs: ArrayLike | None = None,
    num_iterations: int = 250,
    seed: int = 0,
    presets: Mapping[str, tuple[float, float]] | None = None,
) -> LiveFigure:
    """λ and α move the learning curves of the lecture's loop (`train_grid`) and its final weights.

    Beside them: the exact minimiser's levels and weights for the λ chosen (dashed, rings), guessing
    the mean and least squares (dotted). With a single λ or α there is no slider for it. A badge names
    one of four states: diverging, arrived, still descending, hovering (`descent_states` defines them).
    presets: more named positions, {name: (λ, α)}.
    """
    numbers = _numbers(data, lambda_coefs, lrs, num_iterations, seed)
    figure, moving = _drawing(data, numbers)
    lambda_coefs, lrs = numbers.grid.lambda_coefs, numbers.grid.lrs
    own = {"lecture": (1, 0.01), "least squares": (0, 0.1), "hovering": (1, 0.25)}
    own |= {"diverging": (1, min(lrs[lrs > numbers.limit], default=np.nan))}
    sliders = {"penalty λ": lambda_coefs, "learning rate α": lrs}
    marks = {"penalty λ": {"λ_max": numbers.highest}, "learning rate α": {"2/h": numbers.limit}}
    words = _words(numbers)
    return live_by_values(figure, sliders, moving, words, start=(0, 0.1), own=own, given=presets, marks=marks)


def _numbers(data, lambda_coefs, lrs, num_iterations, seed):
    X, y = as_varied_dataset(data).exact[:2]
    limit, highest = largest_stable_lr(X), lambda_max(X, y)
    if lambda_coefs is None:
        lambda_coefs = np.union1d(round_grid(1.1 * highest), [1.0])
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lrs = as_numbers("lrs", default_lrs(limit) if lrs is None else lrs, above=0)
    grid = train_grid(data, lambda_coefs, lrs, num_iterations, seed)
    exact = lasso_path(X, y, lambda_coefs)
    levels, references = rmse_levels(data, exact.weights, exact.biases), reference_errors(data)
    minima = levels[0] ** 2 + lambda_coefs * np.abs(exact.weights).sum(axis=1)
    y_variance = references[0][0] ** 2
    states = descent_states(grid, minima, y_variance, curvature(X).numpy())
    return _Numbers(grid, exact, levels, references, states, highest, limit)


@style.context(STYLE)
def _drawing(data, numbers):
    figure = Figure(figsize=SIZE)
    left, right = figure.subplots(1, 2, width_ratios=(1.75, 1))
    moving = _draw_curves(numbers, ax=left)
    handles = left.get_legend_handles_labels()[0]
    figure.legend(loc="outside upper left", ncols=3, handles=handles)
    return figure, moving | _draw_weights(data, numbers, ax=right)


def _draw_curves(numbers, *, ax):
    grid, levels, references = numbers.grid, numbers.levels, numbers.references
    start = grid.train_rmse[:, grid.lrs < numbers.limit, 0].max(initial=0)
    guess, least_squares = references
    lowest = max(min(*guess, *least_squares), 0.02 * min(guess))  # least squares is 0 where n ≥ m
    bottom, top = 0.85 * lowest, 1.35 * max(guess[0], start)
    drawing.plain_log_axis(ax.yaxis, bottom, top)
    curves = drawing.learning_curves(grid.train_rmse[0, 0], grid.test_rmse[0, 0], ax=ax)
    moving = dict(zip(curves, (grid.train_rmse, grid.test_rmse)))
    for level, look in zip(levels, (drawing.TRAIN_LOOK, drawing.TEST_LOOK)):
        (line,) = ax.plot(ax.get_xlim(), [level[0]] * 2, linestyle="--", **look)
        moving[line] = level[:, None, None] * np.ones(2)
    ax.plot([], [], color=drawing.QUIET, linestyle="--", label="exact minimiser")
    drawing.reference_levels(*references, ax=ax)
    return moving


def _draw_weights(data, numbers, *, ax):
    weights, exact = numbers.grid.weights, numbers.exact.weights
    width = 1.5 * np.abs(shortest_least_squares(*data.exact[:2])[0]).max()
    stems, dots = drawing.weight_stems(weights[0, 0], data.feature_names, ax=ax, limit=width)
    ring = {"markersize": 15, "markerfacecolor": "none", "markeredgewidth": 2}
    (rings,) = ax.plot(exact[0], ax.get_yticks(), "o", color=drawing.QUIET, **ring)
    ax.set(xlabel="weight; ring: minimiser")
    rows = np.arange(weights.shape[2], dtype=float)[None, None]
    return {stems: drawing.stem_points(weights), dots: (weights, rows), rings: (exact[:, None], rows)}


def _words(numbers):
    grid, n = numbers.grid, numbers.grid.weights.shape[2]
    shares = percent(grid.lambda_coefs[:, None], numbers.highest), percent(grid.lrs[None], numbers.limit)
    return {
        "share of λ_max": shares[0],
        "share of 2/h": shares[1],
        "state": (numbers.states, STATE_COLORS),
        "train RMSE": _with_bands(grid.train_rmse, numbers.states == "hovering"),
        "test RMSE": in_words(grid.test_rmse[..., -1]),
        "exact zeros": [[f"{zeros} of {n}" for zeros in row] for row in grid.exact_zeros[..., -1]],
        "minimiser's": (numbers.exact.weights == 0).sum(axis=1)[:, None].astype(str),
    }


def _with_bands(train_rmse, hovers):
    """The last RMSE of each run, where it hovers with its lowest and highest in the last tenth; (K, A)."""
    tail = train_rmse[..., -max(train_rmse.shape[2] // 10, 1) :]
    parts = (in_words(part) for part in (train_rmse[..., -1], tail.min(axis=2), tail.max(axis=2)))
    return [
        [f"{now} ({low} to {high})" if band and low != high else now for now, low, high, band in zip(*row)]
        for row in zip(*parts, hovers)
    ]
