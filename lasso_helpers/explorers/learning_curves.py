"""The main explorer, of notebooks 00 and 04: λ and α move the learning curves."""

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure

from .. import plots
from ..closed_form import curvature, largest_stable_lr, ridge_closed_form
from ..data import as_numbers
from ..path import lambda_max, lasso_path
from ..training import train_grid
from .shared import (
    SIZE,
    STYLE,
    default_lrs,
    in_words,
    live_by_values,
    reference_errors,
    rmse_levels,
    round_grid,
)

def explore_learning_curves(data, lambda_coefs=None, lrs=None, num_iterations=250, seed=0):
    """λ and α move the learning curves of the lecture's loop (`train_grid`) and its final weights.

    Beside them: the exact minimiser's levels and weights for the λ chosen (dashed, rings), guessing
    the mean and least squares (dotted). With a single λ or α there is no slider for it.

    The status names one of four states, from the objective's excess over its minimum,
    e_t = L_S(w_t, b_t) − min L_S, in windows of T/10 steps, and from theory: along the eigenvectors of
    the MSE's Hessian, whose eigenvalues are `curvature`, a step keeps 1 − α·eigenvalue of the distance.
        diverging         α > 2/h
        arrived           e_t ≤ var(y)/1000 in the whole last window
        still descending  not arrived, and: λ = 0; or some |1 − α·eigenvalue|ᵀ > 1 %, and e_t either fell
                          at every step of the last window, or its mean there is 5 % or more below its
                          mean three windows earlier
        hovering          none of these: with a fixed α the loop stays in a band about the minimum
    """
    limit = largest_stable_lr(data.X_train)
    highest = lambda_max(data.X_train, data.y_train)
    if lambda_coefs is None:
        lambda_coefs = np.union1d(round_grid(1.1 * highest), [1.0])
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lrs = as_numbers("lrs", default_lrs(limit) if lrs is None else lrs, above=0)
    grid = train_grid(data, lambda_coefs, lrs, num_iterations, seed)
    exact = lasso_path(data.X_train, data.y_train, lambda_coefs)
    levels = rmse_levels(data, exact.weights, exact.biases)  # train, test: (K,) each
    guess, least_squares = reference_errors(data)
    minima = levels[0] ** 2 + lambda_coefs * np.abs(exact.weights).sum(axis=1)
    states = descent_states(grid, minima, guess[0] ** 2, curvature(data.X_train).numpy())

    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        left, right = figure.subplots(1, 2, width_ratios=(1.75, 1))
        top = 1.35 * max(guess[0], grid.train_rmse[:, lrs < limit, 0].max(initial=0))
        plots.plain_log_axis(left.yaxis, 0.85 * min(*least_squares, *guess), top)
        curves = plots.learning_curves(grid.train_rmse[0, 0], grid.test_rmse[0, 0], ax=left)
        dashed = plots.minimiser_levels(levels[0][0], levels[1][0], ax=left)
        plots.reference_levels(guess, least_squares, ax=left)
        figure.legend(loc="outside upper left", ncols=3, handles=left.get_legend_handles_labels()[0])
        width = 1.5 * np.abs(ridge_closed_form(data.X_train, data.y_train, 0)[0].numpy()).max()
        stems, dots = plots.weight_stems(grid.weights[0, 0], data.feature_names, ax=right, limit=width)
        ring = {"markersize": 15, "markerfacecolor": "none", "markeredgewidth": 2}
        (rings,) = right.plot(exact.weights[0], right.get_yticks(), "o", color=plots.QUIET, **ring)
        right.set(xlabel="weight; ring: minimiser")

    moving = {dashed[k]: levels[k][:, None, None] * np.ones(2) for k in (0, 1)}
    moving |= {curves[0]: grid.train_rmse, curves[1]: grid.test_rmse}
    rows = np.arange(len(data.feature_names), dtype=float)[None, None]
    moving |= {rings: (exact.weights[:, None], rows), stems: plots.stem_points(grid.weights),
               dots: (grid.weights, rows)}
    status = [[_learning_status(grid, k, a, states[k][a], highest, limit, exact) for a in range(len(lrs))]
              for k in range(len(lambda_coefs))]
    presets = {"lecture": (1, 0.01), "least squares": (0, 0.1)}
    if data.label == "lpsa":  # the choice 06 makes on these men
        presets["chosen by cross-validation in 06"] = (0.35, 0.1)
    presets |= {"hovering": (1, 0.25), "diverging": (1, min(lrs[lrs > limit], default=np.nan))}
    axes = {"penalty λ": lambda_coefs, "learning rate α": lrs}
    return live_by_values(figure, axes, moving, status, presets, start=(0, 0.1))


def descent_states(grid, minima, y_variance, eigenvalues):
    """The state of each run, (K, A) strings, as `explore_learning_curves` defines them."""
    excess = grid.objective - minima[:, None, None]
    T = excess.shape[2]
    window = max(T // 10, 1)
    last, earlier = excess[..., -window:], excess[..., -4 * window:-3 * window]
    with np.errstate(all="ignore"):  # a diverged run holds infinities
        arrived = (last <= y_variance / 1000).all(axis=2)
        falling = (last.mean(axis=2) <= 0.95 * earlier.mean(axis=2)) | (np.diff(last) < 0).all(axis=2)
        falling &= (np.abs(1 - np.outer(grid.lrs, eigenvalues)).max(axis=1) ** T > 0.01)
    falling |= (grid.lambda_coefs == 0)[:, None]
    diverging = np.broadcast_to(grid.lrs > 2 / eigenvalues[-1], arrived.shape)
    return np.select([diverging, arrived, falling], ["diverging", "arrived", "still descending"], "hovering")


def _learning_status(grid, k, a, state, highest, limit, exact):
    lam, lr, n = grid.lambda_coefs[k], grid.lrs[a], grid.weights.shape[2]
    train, test = grid.train_rmse[k, a], grid.test_rmse[k, a, -1]
    if state == "hovering":
        tail = train[-max(len(train) // 10, 1):]
        lowest, highest_seen = in_words(tail.min()), in_words(tail.max())
        band = f"{lowest} to {highest_seen}" if lowest != highest_seen else f"at {lowest}"
        state += f" (train RMSE {band})"
    return (f"λ = {lam:g} ({100 * lam / highest:.0f} % of λ_max) · "
            f"α = {lr:g} ({100 * lr / limit:.0f} % of 2/h) · "
            f"{state} · RMSE train {in_words(train[-1])}, test {in_words(test)} · exact zeros "
            f"{grid.exact_zeros[k, a, -1]} of {n}, at the minimiser {(exact.weights[k] == 0).sum()}")
