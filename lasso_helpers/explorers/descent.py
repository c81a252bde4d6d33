"""The explorer of notebook 03: α moves a descent on the map of two weights."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..closed_form import descend_quadratic
from ..data import Dataset
from ..live_figure import LiveFigure
from .errors import percent
from .slider_values import Drawing, live_by_values, panels, round_grid, theory_marks
from .two_weights import excess_error, label_axes, two_weights

STEPS = 60
ENDS = {"arriving without a zigzag": "#009E73", "arriving in zigzags": "#0072B2"}
ENDS |= {"diverging: every step makes it longer": "#D55E00"}


class _Numbers(NamedTuple):
    lrs: np.ndarray  # (A,)
    limit: float  # 2/h
    paths: np.ndarray  # (A, STEPS + 1, 2)
    minimiser: np.ndarray  # (2,)
    hessian: np.ndarray  # (2, 2)
    reach: float  # half the map's width


def explore_descent(
    data: Dataset,
    features: Iterable[str],
    lrs: ArrayLike | None = None,
    presets: Mapping[str, float] | None = None,
) -> LiveFigure:
    """α moves 60 steps of gradient descent on the MSE of two features: the path and the loss.

    features: two of data.feature_names; the bias sits at its best, ȳ − x̄ᵀw, and h here is the largest
    eigenvalue of the MSE's Hessian in these two weights alone. Where a path leaves the
    map by three widths it is cut. presets: more named positions, {name: α}.
    """
    numbers = _numbers(data, features, lrs)
    lrs, limit = numbers.lrs, numbers.limit
    own = {"lecture": 0.01, "half of 2/h": lrs[np.abs(lrs - limit / 2).argmin()]}
    own |= {"just below 2/h": max(lrs[lrs < limit], default=np.nan)}
    own |= {"just above 2/h": min(lrs[lrs > limit], default=np.nan)}
    return live_by_values(
        lambda narrow: _drawing(features, numbers, narrow),
        {"learning rate α": lrs},
        _words(numbers),
        start=0.01,
        own=own,
        given=presets,
        marks=theory_marks(np.nan, limit),
    )


def _numbers(data, features, lrs):
    _, _, minimiser, hessian = two_weights(data, features)
    limit = 2 / np.linalg.eigvalsh(hessian)[-1]  # of the two weights alone: the bias is at its best
    if lrs is None:
        lrs = np.union1d(round_grid(1.1 * limit)[1:], [0.01])
    lrs = as_numbers("lrs", lrs, above=0)
    reach = 1.6 * np.abs(minimiser).max()
    start = minimiser + reach * np.array([0.8, 0.35])
    valley = (torch.as_tensor(part) for part in (hessian, minimiser, start))
    paths = descend_quadratic(*valley, lrs, STEPS).numpy()
    return _Numbers(lrs, limit, paths, minimiser, hessian, reach)


def _drawing(features, numbers, narrow):
    paths, minimiser, hessian, reach = numbers[2:]
    excess = excess_error(paths, minimiser, hessian)  # (A, STEPS + 1)
    start = excess[0, 0]
    (x, y), up = minimiser, 0.8 * reach
    limits = (x - reach, x + reach, y - up, y + up)
    figure, (left, right) = panels(narrow, (1.25, 1))
    levels = start * np.array([0.02, 0.1, 0.3, 0.6, 1])
    drawing.error_contours(minimiser, hessian, levels, ax=left, limits=limits)
    label_axes(features, ax=left)
    path = drawing.descent_path(paths[0], ax=left)
    (loss,) = right.plot(excess[0], color=drawing.INK)
    right.set(xlabel="iteration", xlim=(0, STEPS), ylabel="MSE above its minimum")
    right.set(yscale="log", ylim=(1e-9 * start, 1e3 * start))
    seen = cut_where_it_leaves(paths, minimiser, 6 * reach)
    return Drawing(figure, {path: (seen[..., 0], seen[..., 1]), loss: excess}, arrows=[path, loss])


def cut_where_it_leaves(paths, centre, radius):
    """Paths (A, T, 2), each ended by its first step out of the circle, at most two radii long; then NaN."""
    distance = np.linalg.norm(paths - centre, axis=2)
    outside = np.maximum.accumulate(distance > radius, axis=1)
    seen = np.where(outside[..., None], np.nan, paths)
    for a in np.flatnonzero(outside.any(axis=1)):
        t = int(outside[a].argmax())
        step = paths[a, t] - paths[a, t - 1]
        seen[a, t] = paths[a, t - 1] + step * min(1, 2 * radius / np.linalg.norm(step))
    return seen


def _words(numbers):
    distances, limit = np.linalg.norm(numbers.paths - numbers.minimiser, axis=2), numbers.limit
    return {
        f"share of 2/h = {limit:.3f}": percent(numbers.lrs, limit),
        f"distance left after {STEPS} steps": list(map(_share, distances[:, -1] / distances[:, 0])),
        "state": ([_state(lr, limit) for lr in numbers.lrs], ENDS),
    }


def _share(value):
    if value < 1:
        return f"{100 * value:.2g} %"
    return f"{100 * value:.0f} %" if value < 10 else f"{value:.2g} times"


def _state(lr, limit):
    if lr > limit:
        return "diverging: every step makes it longer"
    return "arriving in zigzags" if lr > 0.5 * limit else "arriving without a zigzag"
