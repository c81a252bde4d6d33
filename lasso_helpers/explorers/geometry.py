"""An explorer of notebook 02: the lasso's diamond beside ridge's circle."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..closed_form import ridge_path
from ..data import Dataset
from ..lasso_path import lambda_max, lasso_path
from ..live_figure import LiveFigure
from .slider_values import Drawing, live_by_values, panels, round_grid
from .two_weights import excess_error, label_axes, two_weights


class _Numbers(NamedTuple):
    lambda_coefs: np.ndarray  # (K,)
    lasso: np.ndarray  # (K, 2), each one's own minimiser
    ridge: np.ndarray  # (K, 2)
    minimiser: np.ndarray  # (2,), least squares
    hessian: np.ndarray  # (2, 2), of the MSE


def explore_geometry(
    data: Dataset,
    features: Iterable[str],
    lambda_coefs: ArrayLike | None = None,
    presets: Mapping[str, float] | None = None,
) -> LiveFigure:
    """λ moves the diamond of the lasso and the circle of ridge for two features of the data.

    features: two of data.feature_names. The sizes are ‖w(λ)‖₁ and ‖w(λ)‖₂ at each one's own minimiser.
    presets: more named positions, {name: λ}.
    """
    numbers = _numbers(data, features, lambda_coefs)
    own = {"least squares": 0, "λ = 0.4": 0.4, "λ = 1": 1}
    sliders = {"penalty λ": numbers.lambda_coefs}
    words = _words(features, numbers)
    return live_by_values(
        lambda narrow: _drawing(features, numbers, narrow), sliders, words, start=0, own=own, given=presets
    )


def _numbers(data, features, lambda_coefs):
    X, y, minimiser, hessian = two_weights(data, features)
    if np.linalg.matrix_rank(hessian) < 2:
        raise ValueError(
            f"features must be two that vary, and not on one straight line (their error has no single lowest "
            f"point), got {list(features)}"
        )
    if lambda_coefs is None:
        lambda_coefs = round_grid(1.1 * lambda_max(X, y))
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lasso, (ridge, _) = lasso_path(X, y, lambda_coefs).weights, ridge_path(X, y, lambda_coefs)
    return _Numbers(lambda_coefs, lasso, ridge, minimiser, hessian)


def _drawing(features, numbers, narrow):
    minimiser, hessian = numbers.minimiser, numbers.hessian
    reach = 1.35 * np.abs(minimiser).max()
    flattest = np.linalg.eigvalsh(hessian)[0]
    levels = 0.5 * flattest * (reach * np.array([0.25, 0.5, 0.8, 1.2])) ** 2
    (figure, axes), moving = panels(narrow), {}
    maps = ((numbers.lasso, 1, "lasso: ‖w‖₁"), (numbers.ridge, 2, "ridge: ‖w‖₂"))
    for ax, (path, power, name) in zip(axes, maps):
        drawing.error_contours(minimiser, hessian, levels, ax=ax, limits=(-0.5 * reach, reach) * 2)
        label_axes(features, ax=ax)
        ax.set_title(name)
        shapes = drawing.penalty_shape(np.linalg.norm(path, ord=power, axis=1), power)
        contours = contour_through(path, minimiser, hessian)
        points = (path[:, :1], path[:, 1:])
        looks = ({"color": drawing.INK}, {"color": drawing.TRAIN})
        looks += ({**drawing.MINIMISER_LOOK, "linestyle": "none"},)
        for (x, y), look in zip((shapes, contours, points), looks):
            (line,) = ax.plot(x[0], y[0], **look)
            moving[line] = (x, y)
    return Drawing(figure, moving)


def contour_through(point, minimiser, hessian, num_points=181):
    """The ellipse of equal MSE through a point: point (..., 2) -> x and y of shape (..., num_points)."""
    angle = np.linspace(0, 2 * np.pi, num_points)
    # H = CCᵀ, so the ellipse is minimiser + √(2 · excess) · C⁻ᵀ · unit circle.
    circle = np.linalg.solve(np.linalg.cholesky(hessian).T, np.stack([np.cos(angle), np.sin(angle)]))
    ellipse = np.sqrt(2 * excess_error(point, minimiser, hessian))[..., None, None] * circle
    return minimiser[0] + ellipse[..., 0, :], minimiser[1] + ellipse[..., 1, :]


def _words(features, numbers):
    def in_words(weights):
        values = ["exactly 0" if w == 0 else f"{w:.3f}" for w in weights]
        return ", ".join(f"{name} {value}" for name, value in zip(features, values))

    return {
        "t = ‖w‖₁ of the lasso": [f"{np.abs(w).sum():.3f}" for w in numbers.lasso],
        "lasso": [in_words(w) for w in numbers.lasso],
        "ridge": [in_words(w) for w in numbers.ridge],
    }
