"""An explorer of notebook 02: the lasso's diamond beside ridge's circle."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..data import Dataset
from ..lasso_path import lambda_max
from ..live_figure import LiveFigure
from .errors import in_words
from .slider_values import Drawing, live_by_values, panels, round_grid, round_step
from .two_weights import (
    draw_map,
    excess_error,
    lasso_of_two,
    level_ellipse,
    level_lines,
    ridge_of_two,
    stops_with_own,
    two_weights,
)

LEVELS = 1.35 * np.array([0.25, 0.5, 0.8, 1.2])  # half lengths of the contours, in the largest weight


class _Numbers(NamedTuple):
    lambda_coefs: np.ndarray  # (K,)
    named: tuple  # what the two sliders of the least-squares point show: (G,), (F,)
    points: np.ndarray  # (G, F, 2), the least-squares points
    own: tuple  # stops of the data's own point
    lasso: np.ndarray  # (K, G, F, 2), each one's own minimiser
    ridge: np.ndarray  # (K, G, F, 2)
    hessian: np.ndarray  # (2, 2), of the MSE


def explore_geometry(
    data: Dataset,
    features: Iterable[str],
    lambda_coefs: ArrayLike | None = None,
    presets: Mapping[str, float] | None = None,
) -> LiveFigure:
    """λ moves the diamond of the lasso and the circle of ridge for two features of the data.

    features: two of data.feature_names. Their radii are ‖w(λ)‖₁ and ‖w(λ)‖₂ at each one's own minimiser. It
    opens at the data's least-squares point, which its sliders name by three digits. Put elsewhere, by them or
    with the mouse, it stands for other labels: the Hessian, so the contours' form, stays the data's.
    presets: more named positions, {name: λ}, at the data's point.
    """
    features = list(features)
    numbers = _numbers(data, features, lambda_coefs)
    own = {"least squares": 0, "λ = 0.4": 0.4, "λ = 1": 1}
    sliders = {"penalty λ": numbers.lambda_coefs} | dict(zip(_point_sliders(features), numbers.named))
    return live_by_values(
        lambda narrow: _drawing(features, numbers, narrow),
        sliders,
        _words(features, numbers),
        start=0,
        own=own,
        given=presets,
        rest=(0, *numbers.own),
    )


def _point_sliders(features):
    return tuple(f"least squares, {name}" for name in features)


def _numbers(data, features, lambda_coefs):
    X, y, minimiser, hessian = two_weights(data, features)
    if np.linalg.matrix_rank(hessian) < 2:
        raise ValueError(
            f"features must be two that vary, and not on one straight line (their error has no single lowest "
            f"point), got {features}"
        )
    if lambda_coefs is None:
        lambda_coefs = round_grid(2.2 * lambda_max(X, y))[:21]
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    step = round_step(0.97 * np.abs(minimiser).max() / 6 or 1.0)
    stops, named, own = zip(*(stops_with_own(weight, step) for weight in minimiser))
    points = np.stack(np.meshgrid(*stops, indexing="ij"), axis=-1)
    lasso, ridge = (solve(points, hessian, lambda_coefs) for solve in (lasso_of_two, ridge_of_two))
    return _Numbers(lambda_coefs, named, points, own, lasso, ridge, hessian)


def _drawing(features, numbers, narrow):
    (figure, axes), moving = panels(narrow), {}
    if narrow:
        figure.set_figheight(8.2)  # whose height, not whose width, bounds maps that are square
    reach = 1.05 * np.abs(numbers.points).max(axis=(0, 1)).sum()  # of the largest diamond
    maps = ((numbers.lasso, 1, "lasso: ‖w‖₁"), (numbers.ridge, 2, "ridge: ‖w‖₂"))
    for ax, (weights, power, title) in zip(axes, maps):
        draw_map(features, (-reach, reach) * 2, ax=ax)
        ax.set_title(title)
        moving |= _draw_error(numbers, weights, ax=ax)
        radius = np.linalg.norm(weights, ord=power, axis=-1)
        shape = drawing.penalty_shape(radius, power, 5 if power == 1 else 61)
        moving[ax.plot([], [], color=drawing.INK)[0]] = shape
        cross = {"marker": "x", "markersize": 14, "markeredgewidth": 3.4, "linestyle": "none"}
        (point,) = ax.plot([], [], **cross, color=drawing.TRAIN, label="least squares: drag it")
        moving[point] = tuple(numbers.points[None, ..., j, None] for j in (0, 1))
        moving |= _draw_minimiser(weights, ax=ax)
    handles = axes[0].get_legend_handles_labels()[0]
    spacing = {"ncols": 1 if narrow else 3, "handletextpad": 0.3, "columnspacing": 1.5}
    figure.legend(loc="outside upper left", handles=handles, **spacing)
    return Drawing(figure, moving, pick={ax: _point_sliders(features) for ax in axes})


def _draw_error(numbers, weights, *, ax):
    """Contours about the least-squares point, and the one through the minimisers (K, G, F, 2)."""
    points, hessian = numbers.points, numbers.hessian
    own = np.abs(points[numbers.own]).max()
    levels = 0.5 * np.linalg.eigvalsh(hessian)[0] * (own * LEVELS) ** 2
    x, y = level_lines(hessian, levels)
    (contours,) = ax.plot(x, y, color=drawing.TRAIN_QUIET, linewidth=1.9)
    (touching,) = ax.plot([], [], color=drawing.TRAIN)
    return {
        contours: (points[None, :, :1, :1] + x, points[None, :1, :, 1:] + y),
        touching: contour_through(weights, points, hessian, 61),
    }


def _draw_minimiser(weights, *, ax):
    """A diamond at each minimiser (K, G, F, 2), hollow where one of its weights is exactly 0."""
    filled, hollow = drawing.filled_and_hollow(drawing.MINIMISER_LOOK, ax=ax)
    filled.set_label("minimiser")
    hollow.set_label("a weight is exactly 0")
    has_zero = (weights == 0).any(axis=-1, keepdims=True)
    return drawing.by_zero(weights[..., :1], weights[..., 1:], has_zero, (filled, hollow))


def contour_through(point, minimiser, hessian, num_points=181):
    """The ellipse of equal MSE through a point: point (..., 2) -> x and y of shape (..., num_points)."""
    radius = np.sqrt(excess_error(point, minimiser, hessian))[..., None]
    return tuple(
        np.asarray(minimiser)[..., j, None] + radius * level_ellipse(hessian, num_points)[j] for j in (0, 1)
    )


def _words(features, numbers):
    scale = np.abs(numbers.points[numbers.own]).max()
    norms = np.abs(numbers.lasso).sum(axis=-1)
    readouts = {"t = ‖w‖₁ of the lasso": in_words(norms, scale)}
    for name, weights in (("lasso", numbers.lasso), ("ridge", numbers.ridge)):
        pairs = np.where(weights == 0, "exactly 0", in_words(weights, scale)).reshape(-1, 2)
        said = [", ".join(f"{name} {word}" for name, word in zip(features, pair)) for pair in pairs]
        readouts[name] = np.array(said).reshape(norms.shape)
    return readouts
