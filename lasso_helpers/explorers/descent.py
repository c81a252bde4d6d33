"""The explorer of notebook 03: α moves a descent on the map of two weights."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..data import Dataset
from ..live_figure import LiveFigure
from .descent_states import ARRIVED, STATE_COLORS
from .errors import reference_errors
from .slider_values import Drawing, live_by_values, panels, round_grid, round_step, theory_marks
from .two_weights import draw_map, excess_error, level_lines, round_stops, two_weights

STEPS = 60
ACROSS, UP = 6, 5  # stops of the start on either side of the map's middle
ENDS = {
    "arrived": STATE_COLORS["arrived"],
    "arrived in zigzags": STATE_COLORS["arrived"],
    "still descending": STATE_COLORS["still descending"],
    "descending in zigzags": STATE_COLORS["still descending"],
    "diverging": STATE_COLORS["diverging"],
    "will diverge": STATE_COLORS["diverging"],
}


class _Numbers(NamedTuple):
    lrs: np.ndarray  # (A,)
    starts: tuple  # values of the start: (G,), (F,)
    paths: np.ndarray  # (A, G, F, STEPS + 1, 2)
    minimiser: np.ndarray  # (2,)
    hessian: np.ndarray  # (2, 2)
    limits: tuple  # of the map: left, right, bottom, top
    seen: np.ndarray  # the paths as far as they are drawn, then NaN
    excess: np.ndarray  # (A, G, F, STEPS + 1), the MSE above its minimum
    floor: float  # at most so far above it is "arrived"


def explore_descent(
    data: Dataset,
    features: Iterable[str],
    lrs: ArrayLike | None = None,
    presets: Mapping[str, float] | None = None,
) -> LiveFigure:
    """α moves 60 steps of gradient descent on the MSE of two features: the path, from a start that the mouse
    puts at the nearest of 13 × 11 places, and the loss.

    features: two of data.feature_names; the intercept is at its best, ȳ − x̄ᵀw, and h here is the largest
    eigenvalue of the MSE's Hessian in these two weights alone. A badge says how the 60 steps end.
    presets: more named positions, {name: α}, at the first start.
    """
    features = list(features)
    numbers = _numbers(data, features, lrs)
    lrs, limit = numbers.lrs, 2 / np.linalg.eigvalsh(numbers.hessian)[-1]
    own = {"lecture": 0.01, "half of 2/h": lrs[np.abs(lrs - limit / 2).argmin()]}
    own |= {"just below 2/h": max(lrs[lrs < limit], default=np.nan)}
    own |= {"just above 2/h": min(lrs[lrs > limit], default=np.nan)}
    sliders = {"learning rate α": lrs} | dict(zip(_start_sliders(features), numbers.starts))
    return live_by_values(
        lambda narrow: _drawing(features, numbers, narrow),
        sliders,
        _words(numbers),
        start=0.01,
        own=own,
        given=presets,
        marks=theory_marks(np.nan, limit),
        rest=(0, ACROSS + 5, UP + 2),
    )


def _start_sliders(features):
    return tuple(f"start, {name}" for name in features)


def _numbers(data, features, lrs):
    _, _, minimiser, hessian = two_weights(data, features)
    if lrs is None:
        limit = 2 / np.linalg.eigvalsh(hessian)[-1]
        lrs = np.union1d(round_grid(1.1 * limit)[1:], [0.01])
    lrs = as_numbers("lrs", lrs, above=0)
    step = round_step(1.55 * np.abs(minimiser).max() / ACROSS or 1.0)
    sides = (ACROSS, UP)
    starts = tuple(round_stops(*part) for part in zip(minimiser, (step, step), sides))
    paths = descents(np.stack(np.meshgrid(*starts, indexing="ij"), axis=-1), minimiser, hessian, lrs)
    x, y = (
        (stops[side] - step * (side + 0.4), stops[side] + step * (side + 0.4))
        for stops, side in zip(starts, sides)
    )
    seen = cut_where_it_leaves(paths, minimiser, 3 * (x[1] - x[0]))
    excess = excess_error(paths, minimiser, hessian)
    floor = ARRIVED * reference_errors(data)[0][0] ** 2
    return _Numbers(lrs, starts, paths, minimiser, hessian, (*x, *y), seen, excess, floor)


def descents(starts, minimiser, hessian, lrs):
    """STEPS steps of gradient descent on a quadratic, w_t = w* + (I − αH)ᵗ(w_0 − w*): starts (..., 2),
    minimiser w* (2,), hessian H (2, 2), lrs (A,) -> (A, ..., STEPS + 1, 2)."""
    eigenvalues, vectors = np.linalg.eigh(hessian)
    shrink = (1 - np.outer(lrs, eigenvalues))[:, None] ** np.arange(STEPS + 1)[:, None]  # (A, STEPS + 1, 2)
    away = (starts - minimiser) @ vectors
    shrink = shrink.reshape(len(lrs), *(1,) * (starts.ndim - 1), STEPS + 1, 2)
    return minimiser + shrink * away[..., None, :] @ vectors.T


def _drawing(features, numbers, narrow):
    figure, (left, right) = panels(narrow, (1.25, 1))
    moving = _draw_map(features, numbers, ax=left)
    excess = numbers.excess
    scale = excess[..., 0].max()
    (loss,) = right.plot(excess[0, 0, 0], color=drawing.INK)
    right.set(xlabel="iteration", xlim=(0, STEPS), ylabel="MSE above its minimum")
    right.set(yscale="log", ylim=(1e-8 * scale, 1e2 * scale))
    drawing.arrived_strip(numbers.floor, ax=right)
    path = next(iter(moving))
    handles, spacing = left.get_legend_handles_labels()[0], {"handletextpad": 0.3, "columnspacing": 1.5}
    figure.legend(loc="outside upper left", ncols=2, handles=handles, **spacing)
    return Drawing(figure, moving | {loss: excess}, [path, loss], {left: _start_sliders(features)})


def _draw_map(features, numbers, *, ax):
    """The contours, and what moves over them: the path, its start, and the minimiser, which stands still."""
    limits, minimiser = numbers.limits, numbers.minimiser
    draw_map(features, limits, ax=ax)
    width = limits[1] - limits[0]
    hessian = numbers.hessian + 1e-9 * np.trace(numbers.hessian) * np.eye(2)  # straight contours have it, too
    levels = (
        np.linalg.eigvalsh(numbers.hessian)[-1] * (width * np.array([0.05, 0.12, 0.2, 0.3, 0.4])) ** 2 / 2
    )
    x, y = level_lines(hessian, levels)
    ax.plot(minimiser[0] + x, minimiser[1] + y, color=drawing.TRAIN_QUIET, linewidth=1.6)
    path = drawing.descent_path(numbers.paths[0, 0, 0], ax=ax)
    look = {**drawing.ITERATE_LOOK, "linestyle": "none", "markersize": 15, "label": "start: drag it"}
    (start,) = ax.plot([], [], **look)
    (goal,) = ax.plot([], [], **drawing.MINIMISER_LOOK, linestyle="none", label="minimiser")
    seen, (along, up) = numbers.seen, numbers.starts
    return {
        path: (seen[..., 0], seen[..., 1]),
        start: (along[None, :, None, None], up[None, None, :, None]),
        goal: tuple(part.reshape(1, 1, 1, 1) for part in minimiser),
    }


def cut_where_it_leaves(paths, centre, radius):
    """Paths (..., T, 2), each ended by its first step out of the circle, at most two radii long; then NaN."""
    distance = np.linalg.norm(paths - centre, axis=-1)
    outside = np.maximum.accumulate(distance > radius, axis=-1)
    seen = np.where(outside[..., None], np.nan, paths)
    for at in np.argwhere(outside.any(axis=-1)):
        at = tuple(at)
        t = max(int(outside[at].argmax()), 1)
        step = paths[at][t] - paths[at][t - 1]
        seen[at][t] = paths[at][t - 1] + step * min(1, 2 * radius / np.linalg.norm(step))
    return seen


def _words(numbers):
    distance = np.linalg.norm(numbers.paths - numbers.minimiser, axis=-1)
    left = distance[..., -1] / np.maximum(distance[..., 0], np.finfo(float).tiny)
    words = np.array([_share(share) for share in left.ravel().tolist()]).reshape(left.shape)
    return {f"distance left after {STEPS} steps": words, "state": (ends(numbers, left), ENDS)}


def ends(numbers, left):
    """How the steps end, by what can be seen on the map and beside it; left (A, G, F), the share of the
    distance at the end -> words (A, G, F).

        diverging              α > 2/h, and farther from the minimiser at the end than at the start
        will diverge           α > 2/h, and not yet farther: the start lies near the valley's floor (one
                               exactly on it never will)
        arrived                α ≤ 2/h, and the MSE is at most var(y)/1000 above its minimum at the last step
        still descending       α ≤ 2/h, and it is more

    The last two are "in zigzags" where three jumps or more across the valley, from one side of its floor to
    the other, begin and end on the map and are longer than 1/40 of its width.
    """
    eigenvalues, vectors = np.linalg.eigh(numbers.hessian)
    x, y = np.moveaxis(numbers.paths, -1, 0)
    west, east, south, north = numbers.limits
    inside = (west < x) & (x < east) & (south < y) & (y < north)
    across = (numbers.paths - numbers.minimiser) @ vectors[:, -1] / (east - west)  # (A, G, F, STEPS + 1)
    jumps = (across[..., 1:] * across[..., :-1] < 0) & (np.abs(np.diff(across)) > 1 / 40)
    in_zigzags = (jumps & inside[..., 1:] & inside[..., :-1]).sum(axis=-1) >= 3
    beyond = (numbers.lrs > 2 / eigenvalues[-1])[:, None, None]
    arrived = numbers.excess[..., -1] <= numbers.floor
    cases = [beyond & (left > 1), beyond, in_zigzags & arrived, arrived, in_zigzags]
    words = ["diverging", "will diverge", "arrived in zigzags", "arrived", "descending in zigzags"]
    return np.select(cases, words, "still descending")


def _share(value):
    if value < 1e-5:
        return "< 0.001 %"
    if value < 0.9995:
        return f"{100 * value:.2g} %" if value < 0.995 else f"{100 * value:.1f} %"
    return f"{value:.3g} times the start's" if value < 999.5 else f"{value:.2g} times the start's"
