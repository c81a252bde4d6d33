"""The explorers of notebook 02: one weight's corner, and the diamond beside the circle."""

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure

from .. import plots
from ..closed_form import ridge_closed_form
from ..data import as_numbers
from ..path import lambda_max, lasso_path
from ..proximal import soft_threshold
from .shared import SIZE, STYLE, live_by_values, round_grid, two_weights


def explore_one_weight(a_values=None, lambda_coefs=None):
    """a and λ move the objective (w − a)² + λ|w| of one weight, and its minimiser's snap to 0."""
    a_values = np.linspace(-2, 2, 17) if a_values is None else a_values
    lambda_coefs = np.linspace(0, 5, 51).round(1) if lambda_coefs is None else lambda_coefs
    a_values = as_numbers("a_values", a_values)
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    a, lam = a_values[:, None, None], lambda_coefs[None, :, None]
    reach = 1.5 * max(np.abs(a_values).max(), 0.5)
    w, square, corner = plots.one_weight_parts(np.linspace(-reach, reach, 241), a, lam)
    line_of_a = np.linspace(-reach, reach, 241)
    shrunk, best = (soft_threshold(part, lam / 2) for part in (line_of_a, a))

    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        left, right = figure.subplots(1, 2)
        lines = plots.one_weight_objective(w, a_values[0], lambda_coefs[0], ax=left)
        parabola, penalty, total, lowest = lines
        left.set(ylim=(-0.4, 9))
        left.legend(loc="upper center", ncols=3, bbox_to_anchor=(0.5, 1.16), columnspacing=1)
        right.plot(line_of_a, line_of_a, color=plots.QUIET, linestyle=":")
        right.text(0.85 * reach, 0.9 * reach, "λ = 0", ha="right", color="#666666")
        (minimisers,) = right.plot(line_of_a, line_of_a, color=plots.INK)
        (here,) = right.plot([0], [0], marker="o", color=plots.TEST, linestyle="none", markersize=12)
        right.axhline(0, color=plots.QUIET, linewidth=1.2, zorder=0)
        right.set(xlabel="a", ylabel="best weight", xlim=(-reach, reach), ylim=(-reach, reach))

    moving = {parabola: square, penalty: corner, total: square + corner, minimisers: shrunk,
              lowest: (best, (best - a) ** 2 + lam * np.abs(best)), here: (a, best)}
    status = [[f"a = {a_k:g}, λ = {lam_k:g} · 2|a| = {2 * abs(a_k):g} · best weight {b:.3g}"
               + (" · exactly 0, because λ ≥ 2|a|" if b == 0 else f" · a pulled {lam_k / 2:g} towards 0")
               for lam_k, b in zip(lambda_coefs, best[k, :, 0])] for k, a_k in enumerate(a_values)]
    presets = {"no penalty": (1, 0), "pulled": (1, 1), "at the threshold": (1, 2), "exactly 0": (1, 3)}
    axes = {"a": a_values, "penalty λ": lambda_coefs}
    return live_by_values(figure, axes, moving, status, presets, start=(1, 0))


def explore_geometry(data, features, lambda_coefs=None):
    """λ moves the diamond of the lasso and the circle of ridge for two features of the data.

    features: two of data.feature_names. The sizes are ‖w(λ)‖₁ and ‖w(λ)‖₂ at each one's own minimiser.
    """
    X, minimiser, hessian = two_weights(data, features)
    if lambda_coefs is None:
        lambda_coefs = round_grid(1.1 * lambda_max(X, data.y_train))
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lasso = lasso_path(X, data.y_train, lambda_coefs).weights
    ridge = np.array([ridge_closed_form(X, data.y_train, value)[0][:, 0].numpy() for value in lambda_coefs])
    reach = 1.35 * np.abs(minimiser).max()
    limits = (-0.5 * reach, reach) * 2
    levels = 0.5 * np.linalg.eigvalsh(hessian)[0] * (reach * np.array([0.25, 0.5, 0.8, 1.2])) ** 2

    moving = {}
    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        maps = ((lasso, 1, "lasso: ‖w‖₁"), (ridge, 2, "ridge: ‖w‖₂"))
        for ax, (path, power, name) in zip(figure.subplots(1, 2), maps):
            plots.error_contours(minimiser, hessian, levels, ax=ax, limits=limits)
            sizes = np.linalg.norm(path, ord=power, axis=1)
            lines = plots.constraint(path[0], sizes[0], power, minimiser, hessian, ax=ax)
            ax.set(xlabel=f"weight of {features[0]}", ylabel=f"weight of {features[1]}", title=name)
            solution = (path[:, :1], path[:, 1:])
            moving |= dict(zip(lines, (plots.penalty_shape(sizes, power),
                                       plots.contour_through(path, minimiser, hessian), solution)))

    status = [f"λ = {value:g} · lasso: t = ‖w‖₁ = {np.abs(w).sum():.3f}, {_two_words(features, w)} · "
              f"ridge: {_two_words(features, v)}" for value, w, v in zip(lambda_coefs, lasso, ridge)]
    presets = {"least squares": (0,), "λ = 0.4": (0.4,), "λ = 1": (1,)}
    return live_by_values(figure, {"penalty λ": lambda_coefs}, moving, status, presets, start=(0,))


def _two_words(features, weights):
    return ", ".join(f"{name} {'exactly 0' if w == 0 else f'{w:.3f}'}" for name, w in zip(features, weights))
