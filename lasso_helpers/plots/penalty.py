"""The pictures of notebook 02: one weight's objective, contours of the error, shapes of the penalties."""

import numpy as np

from .base import INK, QUIET, TEST, TEST_QUIET, TRAIN, TRAIN_QUIET


def one_weight_objective(w, a, lambda_coef, *, ax):
    """(w − a)², λ|w| and their sum over a grid w (P,) -> the three lines and the minimiser's marker."""
    w, square, corner = one_weight_parts(w, a, lambda_coef)
    (parabola,) = ax.plot(w, square, color=TRAIN_QUIET, linewidth=3.6, label="(w − a)²")
    (penalty,) = ax.plot(w, corner, color=TEST_QUIET, linewidth=1.9, label="λ|w|")
    (total,) = ax.plot(w, square + corner, color=INK, label="sum")
    (lowest,) = ax.plot([a], [0], "o", color=TEST, markersize=12)
    ax.axvline(0, color=QUIET, linewidth=1.2, zorder=0)
    ax.set(xlabel="weight w", ylabel="objective", xlim=(w[0], w[-1]))
    return parabola, penalty, total, lowest



def one_weight_parts(w, a, lambda_coef):
    """w, (w − a)² and λ|w|, broadcast."""
    return w, (w - a) ** 2, lambda_coef * np.abs(w)



def error_contours(minimiser, hessian, levels, *, ax, limits):
    """Contours of the MSE of two weights above its minimum: minimiser (2,), hessian (2, 2), levels ascending.

    limits: (left, right, bottom, top). The minimiser is marked by a cross.
    """
    x, y = np.meshgrid(np.linspace(*limits[:2], 201), np.linspace(*limits[2:], 201))
    away = np.stack([x - minimiser[0], y - minimiser[1]], axis=-1)
    excess = 0.5 * np.einsum("...i,ij,...j", away, hessian, away)
    ax.contour(x, y, excess, levels=levels, colors=TRAIN_QUIET, linewidths=1.6)
    ax.plot(*minimiser, color=TRAIN, marker="x", markersize=11, markeredgewidth=3)
    ax.axhline(0, color=QUIET, linewidth=1.2, zorder=0)
    ax.axvline(0, color=QUIET, linewidth=1.2, zorder=0)
    ax.set(xlim=limits[:2], ylim=limits[2:], aspect="equal")



def contour_through(point, minimiser, hessian, num_points=181):
    """The ellipse of equal MSE through a point: point (..., 2) -> x and y of shape (..., num_points)."""
    angle = np.linspace(0, 2 * np.pi, num_points)
    away = np.asarray(point) - minimiser
    half_excess = np.einsum("...i,ij,...j", away, hessian, away)
    # H = CCᵀ, so the ellipse is minimiser + √(excess) · C⁻ᵀ · unit circle.
    circle = np.linalg.solve(np.linalg.cholesky(hessian).T, np.stack([np.cos(angle), np.sin(angle)]))
    ellipse = np.sqrt(half_excess)[..., None, None] * circle
    return minimiser[0] + ellipse[..., 0, :], minimiser[1] + ellipse[..., 1, :]



def penalty_shape(size, power, num_points=181):
    """The border of ‖w‖₁ ≤ size (power 1) or ‖w‖₂ ≤ size (power 2): size (...) -> x, y (..., num_points)."""
    angle = np.linspace(0, 2 * np.pi, num_points)
    border = np.stack([np.cos(angle), np.sin(angle)])
    border = border / (np.abs(border) ** power).sum(axis=0) ** (1 / power)
    outline = np.asarray(size)[..., None, None] * border
    return outline[..., 0, :], outline[..., 1, :]



def constraint(point, size, power, minimiser, hessian, *, ax):
    """The penalty's shape, the MSE contour that touches it, and the solution -> three `Line2D`."""
    (shape,) = ax.plot(*penalty_shape(size, power), color=INK)
    (contour,) = ax.plot(*contour_through(point, minimiser, hessian), color=TRAIN)
    (solution,) = ax.plot(*np.asarray(point)[:, None], "o", color=TEST, markersize=12)
    return shape, contour, solution
