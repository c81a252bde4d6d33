"""The error of two of the data's features: a valley that can be drawn as a map, and what is lowest in it."""

from itertools import product

import numpy as np

from .. import drawing
from ..closed_form import shortest_least_squares
from ..data import as_varied_dataset
from ..proximal import soft_threshold


def two_weights(data, features):
    """X (m, 2) of two named features, y (m, 1), least squares' weights (2,), and the MSE's Hessian (2, 2)."""
    data, features = as_varied_dataset(data), list(features)
    if len(set(features)) != 2 or not set(features) <= set(data.feature_names):
        raise ValueError(f"features must be two different names of {data.feature_names}, got {features}")
    X, y = (part.numpy() for part in data.exact[:2])
    X = X[:, [data.feature_names.index(name) for name in features]]
    centred = X - X.mean(axis=0)
    minimiser = shortest_least_squares(X, y)[0][:, 0]
    return X, y, minimiser, 2 / len(X) * centred.T @ centred


def lasso_of_two(least_squares, hessian, lambda_coefs):
    """The minimisers of ½(w − ŵ)ᵀH(w − ŵ) + λ‖w‖₁ for every ŵ and λ, exactly: the sign pattern that fits.

    least_squares ŵ (..., 2), hessian H (2, 2) of full rank, lambda_coefs (K,) -> (K, ..., 2).
    """
    lam = np.reshape(lambda_coefs, (-1, *(1,) * np.ndim(least_squares)))
    slope = least_squares @ hessian  # at w = 0, downwards
    # Either weight while the other is 0, and the slope that the other has then.
    alone = soft_threshold(slope, lam) / np.diag(hessian)
    on_the_other = slope[..., ::-1] - alone * hessian[0, 1]
    fits = np.abs(on_the_other) <= lam + 1e-12 * np.abs(slope).max()  # and may be at most λ
    found = [(fits[..., j], alone * np.eye(2)[j]) for j in (0, 1)]
    for signs in product((1, -1), repeat=2):  # both in: H(w − ŵ) + λ·signs = 0
        both = least_squares - lam * np.linalg.solve(hessian, signs)
        found.append(((np.sign(both) == signs).all(axis=-1), both))
    fit, weights = zip(*found)
    return np.select([part[..., None] for part in fit], weights, np.nan)


def ridge_of_two(least_squares, hessian, lambda_coefs):
    """The minimisers of ½(w − ŵ)ᵀH(w − ŵ) + λ‖w‖₂²: (..., 2), (2, 2), (K,) -> (K, ..., 2)."""
    penalised = hessian + 2 * np.reshape(lambda_coefs, (-1, 1, 1)) * np.eye(2)
    shrink = np.linalg.solve(penalised, hessian)  # (K, 2, 2)
    return np.einsum("kij,...j->k...i", shrink, least_squares)


def excess_error(points, minimiser, hessian):
    """How far the MSE at points (..., 2) lies above its minimum: ½ (w − w*)ᵀH(w − w*), (...)."""
    away = np.asarray(points) - minimiser
    return 0.5 * np.einsum("...i,ij,...j", away, hessian, away)


def level_ellipse(hessian, num_points):
    """The ellipse ½ dᵀHd = 1 about 0: hessian (2, 2) -> (2, num_points)."""
    angle = np.linspace(0, 2 * np.pi, num_points)
    # H = CCᵀ, so the ellipse is √2 · C⁻ᵀ · unit circle.
    circle = np.stack([np.cos(angle), np.sin(angle)])
    return np.sqrt(2) * np.linalg.solve(np.linalg.cholesky(hessian).T, circle)


def level_lines(hessian, levels, num_points=61):
    """Ellipses of equal error about 0 as one line, interrupted by NaN: (L,) -> (2, L · (num_points + 1))."""
    ellipse = np.pad(level_ellipse(hessian, num_points), ((0, 0), (0, 1)), constant_values=np.nan)
    return (np.sqrt(levels)[:, None] * ellipse[:, None]).reshape(2, -1)


def draw_map(features, limits, *, ax):
    """An empty map of two weights, with the lines on which one of them is 0."""
    drawing.zero_line(ax=ax)
    drawing.zero_line(ax=ax, upright=True)
    ax.set(xlim=limits[:2], ylim=limits[2:], aspect="equal")
    for axis in (ax.xaxis, ax.yaxis):
        drawing.few_digits(axis)
    x, y = drawing.short_names(features)
    over = "\n" if len(y) > 8 else " "  # upright there is less room
    ax.set(xlabel=f"weight of {drawing.literal(x)}", ylabel=f"weight of{over}{drawing.literal(y)}")


def round_stops(middle, step, each_side=6):
    """Round values about `middle`, `each_side` of them on either side of the one nearest to it."""
    return (step * (np.round(middle / step) + np.arange(-each_side, each_side + 1))).round(12) + 0.0


def stops_with_own(own, step):
    """Where a weight's slider stops: round values about 0, and `own`, exactly, in place of one that is nearer
    to it than a quarter of a step.

    -> the stops, ascending; the three digits by which the slider names them; which of them is `own`.
    """
    grid = round_stops(0, step)
    stops = np.sort(np.r_[grid[np.abs(grid - own) > step / 4], own])
    named = np.array([float(f"{value:.3g}") for value in stops])
    return stops, named, int(np.searchsorted(stops, own))
