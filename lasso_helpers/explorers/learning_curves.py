"""The main explorer, of notebooks 00 and 04: λ, α and the iteration move the learning curves."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_count, as_numbers
from ..closed_form import curvature, largest_stable_lr, shortest_least_squares
from ..data import Dataset, as_varied_dataset
from ..lasso_path import LassoPath, lambda_max, lasso_path
from ..live_figure import LiveFigure
from ..training import CurveGrid, train_grid
from .descent_states import ARRIVED, STATE_COLORS, descent_states
from .errors import excess_in_words, in_words, reference_errors, rmse_levels
from .loud_features import Features, as_features
from .slider_values import (
    LAMBDA_1,
    LR_001,
    LR_01,
    LR_025,
    NARROW,
    SIZE,
    Drawing,
    default_lrs,
    lambda_grid,
    lecture_named,
    live_by_values,
    near,
    play_stops,
    theory_marks,
)

HOVERS_OVER = 25  # iterations, the last ones, over which a weight's whisker reaches


class _Numbers(NamedTuple):
    features: Features
    grid: CurveGrid  # with the weights after `stops` steps
    stops: np.ndarray  # (R,), iterations at which the slider stops
    train: np.ndarray  # (K, A, T + 1), RMSE, the start first
    test: np.ndarray  # (K, A, T + 1)
    excess: np.ndarray  # (K, A, T + 1), the objective above its minimum
    band: np.ndarray  # (2, K, A, n), lowest and highest weight of the last iterations
    exact: LassoPath  # at the grid's λ
    levels: tuple  # train and test RMSE of the minimisers, (K,) each
    references: tuple  # as from `reference_errors`
    states: np.ndarray  # (K, A), words
    least_squares: np.ndarray  # (n, 1), weights
    highest: float  # λ_max
    limit: float  # 2/h


def explore_learning_curves(
    data: Dataset,
    lambda_coefs: ArrayLike | None = None,
    lrs: ArrayLike | None = None,
    num_iterations: int = 250,
    seed: int = 0,
    presets: Mapping[str, tuple[float, float]] | None = None,
    features: Iterable[str] | None = None,
) -> LiveFigure:
    """λ, α and the iteration move the learning curves of the lecture's loop (`train_grid`), the objective
    above its minimum, and the weights; iteration 0 is the start that all runs have in common.

    Beside them: the exact minimiser's levels (dashed) and weights (diamonds) for the λ chosen; at the right
    edge, guessing the mean and least squares. At the last iteration a weight's whisker reaches over its last
    25, and a badge names one of four states: diverging (α > 2/h), arrived (over the last tenth of the steps
    at most a thousandth of the labels' variance, with 1/m, above the minimum), still descending (more steps
    lower the objective visibly), hovering (none of these); before that it says "running".
    With a single α there is λ alone: no objective, no iterations, and the minimiser's features in words.
    presets: more named positions, {name: (λ, α)}, at the last iteration.
    features: up to 12 of data.feature_names, which get rows of their own; by default all, or the first 12 to
    enter the lasso's path. All others are pale marks in one row more, without whiskers.
    """
    numbers = _numbers(data, lambda_coefs, lrs, num_iterations, seed, features)
    lambda_coefs, lrs = numbers.grid.lambda_coefs, numbers.grid.lrs
    lam, start = near(lambda_coefs, LAMBDA_1 * numbers.highest), (0, near(lrs, LR_01 * numbers.limit))
    slow, quick = (near(lrs, share * numbers.limit) for share in (LR_001, LR_025))
    own = {lecture_named((lam, slow)): (lam, slow), "least squares": start, "hovering": (lam, quick)}
    own |= {"diverging": (lam, min(lrs[lrs > numbers.limit], default=np.nan))}
    axes = {"penalty λ": lambda_coefs, "learning rate α": lrs, "iteration": numbers.stops}
    return live_by_values(
        lambda narrow: _drawing(data, numbers, narrow),
        axes,
        _words(numbers),
        start=start,
        own=own,
        given=presets,
        marks=theory_marks(numbers.highest, numbers.limit),
        play="iteration",
        quiet=list(axes)[1:] if len(lrs) == 1 else (),
    )


def _numbers(data, lambda_coefs, lrs, num_iterations, seed, features):
    X, y = (part.numpy() for part in as_varied_dataset(data).exact[:2])
    features = as_features(features, data.feature_names, X, y)
    limit, highest = largest_stable_lr(X), lambda_max(X, y)
    if lambda_coefs is None:
        lambda_coefs = lambda_grid(highest)
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lrs = as_numbers("lrs", default_lrs(limit) if lrs is None else lrs, above=0)
    T = as_count("num_iterations", num_iterations)
    stops = np.array([T]) if len(lrs) == 1 else play_stops(T)
    record = np.union1d(stops, np.arange(max(T - HOVERS_OVER + 1, 0), T + 1))
    grid = train_grid(data, lambda_coefs, lrs, T, seed, record)
    last = grid.weights[:, :, -HOVERS_OVER:]
    grid = grid._replace(weights=grid.weights[:, :, np.isin(record, stops)])
    band = np.stack([last.min(axis=2), last.max(axis=2)])
    exact = lasso_path(X, y, lambda_coefs)
    levels, references = rmse_levels(data, exact.weights, exact.biases), reference_errors(data)
    minima = levels[0] ** 2 + lambda_coefs * np.abs(exact.weights).sum(axis=1)
    y_variance = references[0][0] ** 2
    states = descent_states(grid, minima, y_variance, curvature(X).numpy())
    curves = _with_the_start(data, grid, minima)
    least_squares = shortest_least_squares(X, y)[0]
    found = (levels, references, states, least_squares, highest, limit)
    return _Numbers(features, grid, stops, *curves, band, exact, *found)


def _with_the_start(data, grid, minima):
    """Train and test RMSE and the objective's excess, the start before the iterations: (K, A, T + 1) each."""
    weights, bias = grid.start[:-1], grid.start[-1:]
    train, test = rmse_levels(data, weights[None], bias)
    objective = train**2 + grid.lambda_coefs[:, None] * np.abs(weights).sum()  # (K, 1)
    starts = (train, test, objective[..., None])
    curves = (grid.train_rmse, grid.test_rmse, grid.objective)
    train, test, objective = (
        np.concatenate([np.broadcast_to(start, (*curve.shape[:2], 1)), curve], axis=2)
        for start, curve in zip(starts, curves)
    )
    return train, test, objective - minima[:, None, None]


def _drawing(data, numbers, narrow):
    is_alone = len(numbers.grid.lrs) == 1
    names = ["rmse", "weights"] if is_alone else ["rmse", "excess", "weights"]
    if narrow:
        figure = Figure(figsize=(NARROW, 6.2 if is_alone else 8.2))
        heights = (1, 1) if is_alone else (1.25, 0.9, 1.5)
        axes = figure.subplot_mosaic([[name] for name in names], height_ratios=heights)
    else:
        figure = Figure(figsize=SIZE)
        rows = [names] if is_alone else [["rmse", "weights"], ["excess", "weights"]]
        axes = figure.subplot_mosaic(rows, width_ratios=(1.7, 1), height_ratios=(1.75, 1)[: len(rows)])
    errors = _draw_errors(numbers, ax=axes["rmse"])
    excess = {} if is_alone else _draw_excess(numbers, ax=axes["excess"])
    if excess:
        axes["rmse"].tick_params(labelbottom=False)
        axes["rmse"].set_xlabel("")
    weights = _draw_weights(data, numbers, ax=axes["weights"])
    handles = axes["rmse"].get_legend_handles_labels()[0] + axes["weights"].get_legend_handles_labels()[0]
    spacing = {"handlelength": 1.5, "handletextpad": 0.4, "columnspacing": 1.2}
    figure.legend(loc="outside upper left", ncols=2 if narrow else 5, handles=handles, **spacing)
    moving = errors | excess | weights
    bars = [line for line in weights if line.get_label() == "_whisker" and line.get_linestyle() != "None"]
    pick = {} if is_alone else {axes["rmse"]: "iteration", axes["excess"]: "iteration"}
    return Drawing(figure, moving, [line for line in moving if line not in bars], pick)


def _draw_errors(numbers, *, ax):
    guess, least_squares = numbers.references
    lowest = max(min(*guess, *least_squares), 0.02 * min(guess))  # least squares is 0 where n ≥ m
    highest = max(*guess, numbers.train[0, 0, 0], numbers.test[0, 0, 0])
    drawing.plain_log_axis(ax.yaxis, 0.9 * lowest, 1.05 * highest)
    curves = drawing.learning_curves(numbers.train[0, 0], numbers.test[0, 0], ax=ax)
    shown = numbers.stops[None, None] + 1
    x = np.arange(numbers.train.shape[2])[None, None, None]
    moving = {line: (x, part[:, :, None], shown) for line, part in zip(curves, (numbers.train, numbers.test))}
    for level, look in zip(numbers.levels, (drawing.TRAIN_LOOK, drawing.TEST_LOOK)):
        (line,) = ax.plot(ax.get_xlim(), [level[0]] * 2, linestyle="--", **look)
        moving[line] = level[:, None, None, None] * np.ones(2)
    drawing.reference_levels(*numbers.references, ax=ax)
    return moving


def _draw_excess(numbers, *, ax):
    """The objective above its minimum on a log axis: falling, at its floor, in a band, or leaving upwards."""
    floor = ARRIVED * numbers.references[0][0] ** 2
    top = 10 * numbers.excess[:, :, 0].max()
    (line,) = ax.plot(numbers.excess[0, 0], color=drawing.INK)
    ax.set(
        yscale="log",
        ylim=(floor / max(20, (top / floor) ** 0.24), top),
        xlim=(0, numbers.excess.shape[2] - 1),
    )
    ax.set(xlabel="iteration", ylabel="objective\n− min")
    drawing.arrived_strip(floor, ax=ax)
    apart = 100 if top < 1e8 * floor else 10_000
    drawing.plain_numbers(ax.yaxis, LogLocator(apart, numticks=9))
    x = np.arange(numbers.excess.shape[2])[None, None, None]
    return {line: (x, numbers.excess[:, :, None], numbers.stops[None, None] + 1)}


def _draw_weights(data, numbers, *, ax):
    weights, exact = numbers.grid.weights, numbers.exact.weights[:, None, None]
    width = 1.25 * np.abs(numbers.least_squares).max()
    features = numbers.features
    features.draw_rows(ax=ax, limit=width, hollow="○ ◇")
    diamonds = features.draw_marks(exact, drawing.MINIMISER_LOOK, ax=ax, shift=0.17)
    circles = features.draw_marks(weights, drawing.ITERATE_LOOK, ax=ax, shift=-0.17)
    ax.plot([], [], linestyle="none", **drawing.MINIMISER_LOOK, label="minimiser")
    next(iter(circles)).set_label("this run")
    return diamonds | circles | _draw_whiskers(numbers, -0.17, ax=ax)


def _draw_whiskers(numbers, shift, *, ax):
    """A stroke from each weight's lowest to its highest, and its ends, at the last stop alone."""
    low, high = numbers.band[..., numbers.features.loud]
    rows = (np.arange(low.shape[-1]) + shift)[:, None]
    x = np.stack([low, high, np.full_like(low, np.nan)], axis=-1)  # (K, A, n, 3)
    look = {"color": drawing.INK, "label": "_whisker"}
    (strokes,) = ax.plot([], [], linewidth=3.2, **look)
    (ends,) = ax.plot([], [], linestyle="none", marker="|", markersize=9, markeredgewidth=2.4, **look)
    moving = {}
    for line, part in ((strokes, x), (ends, x[..., :2])):
        at_the_end = np.where(numbers.stops == numbers.stops[-1], part[0, 0].size, 0)[None, None]
        y = np.broadcast_to(rows, part.shape[2:]).reshape(1, 1, 1, -1)
        moving[line] = (part.reshape(*low.shape[:2], 1, -1), y, at_the_end)
    return moving


def _words(numbers):
    grid, at, n = numbers.grid, numbers.stops, numbers.exact.weights.shape[1]
    scale = numbers.references[0][0]  # guessing the mean: the label's standard deviation
    errors = {
        "train RMSE": in_words(numbers.train[:, :, at], scale),
        "test RMSE": in_words(numbers.test[:, :, at], scale),
    }
    zeros_of_exact = (numbers.exact.weights == 0).sum(axis=1)
    if len(grid.lrs) == 1:
        return errors | {"minimiser keeps": [[[f"{n - zeros} of {n}"]] for zeros in zeros_of_exact]}
    states = np.where(at == at[-1], numbers.states[..., None], "running")
    zeros = np.char.add("● ", (grid.weights == 0).sum(axis=3).astype(str))
    of_exact = np.char.add(", ◆ ", zeros_of_exact.astype(str))[:, None, None]
    return {
        "state": (states, STATE_COLORS),
        **errors,
        "obj. − min": excess_in_words(numbers.excess[:, :, at], scale**2),
        "exact zeros": np.char.add(zeros, of_exact),
    }
