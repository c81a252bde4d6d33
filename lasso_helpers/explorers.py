"""The live demonstrations: numbers, and the drawing of `plots`, handed to a `LiveFigure`."""

import numpy as np
import torch
from matplotlib import style
from matplotlib.figure import Figure

from . import plots
from .closed_form import curvature, descend_quadratic, largest_stable_lr, ridge_closed_form
from .data import as_numbers
from .live_figure import LiveFigure
from .path import lambda_max, lasso_path
from .training import train_grid

STYLE = "lasso_helpers.classroom"
SIZE = (9.6, 4.1)
LRS = [0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1,
       0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.24, 0.25, 0.26, 0.27, 0.28, 0.29, 0.3, 0.32, 0.35]


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
    levels = _rmse_levels(data, exact.weights, exact.biases)  # train, test: (K,) each
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
        (rings,) = right.plot(exact.weights[0], range(len(data.feature_names)), linestyle="none", marker="o",
                              markersize=15, markerfacecolor="none", markeredgecolor=plots.QUIET, markeredgewidth=2)
        right.set(xlabel="final weight; ring: minimiser")

    moving = {dashed[k]: levels[k][:, None, None] * np.ones(2) for k in (0, 1)}
    moving |= {curves[0]: grid.train_rmse, curves[1]: grid.test_rmse}
    rows = np.arange(len(data.feature_names), dtype=float)[None, None]
    moving |= {rings: (exact.weights[:, None], rows), stems: plots.stem_points(grid.weights),
               dots: (grid.weights, rows)}
    status = [[_learning_status(grid, k, a, states[k][a], highest, limit, exact) for a in range(len(lrs))]
              for k in range(len(lambda_coefs))]
    presets = {"lecture": (1, 0.01), "least squares": (0, 0.1)}
    if data.label == "lpsa":  # the choice 06 makes on these men
        presets["chosen by cross-validation in 06"] = (0.4, 0.1)
    presets |= {"hovering": (1, 0.25), "diverging": (1, min(lrs[lrs > limit], default=np.nan))}
    axes = {"penalty λ": lambda_coefs, "learning rate α": lrs}
    return _live(figure, axes, moving, status, presets, start=(0, 0.1))


def explore_ridge(data, lambda_coefs=None):
    """λ moves ridge's signed weights, and a marker along its train and test RMSE."""
    if lambda_coefs is None:
        lambda_coefs = [0, *(float(f"{value:.2g}") for value in np.logspace(-2, 2, 41))]
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    solved = [ridge_closed_form(data.X_train, data.y_train, value) for value in lambda_coefs]
    weights = np.array([weight[:, 0].numpy() for weight, _ in solved])
    train, test = _rmse_levels(data, weights, np.array([float(bias) for _, bias in solved]))
    guess, least_squares = reference_errors(data)

    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        left, right = figure.subplots(1, 2)
        stems, dots = plots.weight_stems(weights[0], data.feature_names, ax=left, limit=1.15 * np.abs(weights).max())
        left.set(xlabel="weight")
        markers = plots.error_against_lambda(lambda_coefs, train, test, ax=right)
        plots.reference_levels(guess, least_squares, ax=right)
        right.legend(loc="upper left", bbox_to_anchor=(0, 0.88))

    rows = np.arange(weights.shape[1], dtype=float)[None]
    moving = {stems: plots.stem_points(weights), dots: (weights, rows)}
    moving |= {marker: (lambda_coefs[:, None], level[:, None]) for marker, level in zip(markers, (train, test))}
    status = [f"λ = {value:g} · ‖w‖₂ = {np.linalg.norm(w):.3f} · negative weights: "
              f"{', '.join(np.array(data.feature_names)[w < 0]) or 'none'} · RMSE train {a:.3f}, test {b:.3f}"
              for value, w, a, b in zip(lambda_coefs, weights, train, test)]
    presets = {"least squares": (0,), "λ = 0.1": (0.1,), "λ = 1": (1,), "λ = 10": (10,)}
    return _live(figure, {"penalty λ": lambda_coefs}, moving, status, presets, start=(0,))


def explore_one_weight(a_values=None, lambda_coefs=None):
    """a and λ move the objective (w − a)² + λ|w| of one weight, and its minimiser's snap to 0."""
    a_values = as_numbers("a_values", np.linspace(-2, 2, 17) if a_values is None else a_values)
    lambda_coefs = as_numbers("lambda_coefs", np.linspace(0, 5, 51).round(1) if lambda_coefs is None else lambda_coefs,
                              at_least=0)
    a, lam = a_values[:, None, None], lambda_coefs[None, :, None]
    reach = 1.5 * max(np.abs(a_values).max(), 0.5)
    w, square, corner = plots.one_weight_parts(np.linspace(-reach, reach, 241), a, lam)
    line_of_a = np.linspace(-reach, reach, 241)
    shrunk = np.sign(line_of_a) * np.maximum(np.abs(line_of_a) - lam / 2, 0)
    best = np.sign(a) * np.maximum(np.abs(a) - lam / 2, 0)

    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        left, right = figure.subplots(1, 2)
        parabola, penalty, total, lowest = plots.one_weight_objective(w, a_values[0], lambda_coefs[0], ax=left)
        left.set(ylim=(-0.4, 9))
        left.legend(loc="upper center", ncols=3, bbox_to_anchor=(0.5, 1.16), columnspacing=1)
        right.plot(line_of_a, line_of_a, color=plots.QUIET, linestyle=":")
        right.annotate("λ = 0", (0.9 * reach, 0.9 * reach), (0, 6), textcoords="offset points", ha="right", color="#666666")
        (minimisers,) = right.plot(line_of_a, line_of_a, color=plots.INK)
        (here,) = right.plot([0], [0], color=plots.TEST, linestyle="none", marker="o", markersize=12)
        right.axhline(0, color=plots.QUIET, linewidth=1.2, zorder=0)
        right.set(xlabel="a", ylabel="best weight", xlim=(-reach, reach), ylim=(-reach, reach))

    moving = {parabola: square, penalty: corner, total: square + corner, minimisers: shrunk,
              lowest: (best, (best - a) ** 2 + lam * np.abs(best)), here: (a, best)}
    status = [[f"a = {a_k:g}, λ = {lam_k:g} · 2|a| = {2 * abs(a_k):g} · best weight {b:.3g}"
               + (" · exactly 0, because λ ≥ 2|a|" if b == 0 else f" · a pulled {lam_k / 2:g} towards 0")
               for lam_k, b in zip(lambda_coefs, best[k, :, 0])] for k, a_k in enumerate(a_values)]
    presets = {"no penalty": (1, 0), "pulled": (1, 1), "at the threshold": (1, 2), "exactly 0": (1, 3)}
    return _live(figure, {"a": a_values, "penalty λ": lambda_coefs}, moving, status, presets, start=(1, 0))


def explore_geometry(data, features, lambda_coefs=None):
    """λ moves the diamond of the lasso and the circle of ridge for two features of the data.

    features: two of data.feature_names. The sizes are ‖w(λ)‖₁ and ‖w(λ)‖₂ at each one's own minimiser.
    """
    X, minimiser, hessian = _two_weights(data, features)
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
        for ax, path, power, name in zip(figure.subplots(1, 2), (lasso, ridge), (1, 2), ("lasso: ‖w‖₁", "ridge: ‖w‖₂")):
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
    return _live(figure, {"penalty λ": lambda_coefs}, moving, status, presets, start=(0,))


def explore_descent(data, features, lrs=None):
    """α moves 60 steps of gradient descent on the MSE of two features: the path and the loss.

    features: two of data.feature_names; the bias sits at its best, ȳ − x̄ᵀw. Where a path leaves the
    map by three widths it is cut.
    """
    X, minimiser, hessian = _two_weights(data, features)
    limit = largest_stable_lr(X)
    if lrs is None:
        lrs = np.union1d(round_grid(1.1 * limit)[1:], [0.01])
    lrs = as_numbers("lrs", lrs, above=0)
    reach = 1.6 * np.abs(minimiser).max()
    limits = (minimiser[0] - reach, minimiser[0] + reach, minimiser[1] - 0.8 * reach, minimiser[1] + 0.8 * reach)
    start = minimiser + reach * np.array([0.8, 0.35])
    paths = descend_quadratic(*(torch.as_tensor(part) for part in (hessian, minimiser, start)), lrs, 60).numpy()
    excess = 0.5 * np.einsum("ati,ij,atj->at", paths - minimiser, hessian, paths - minimiser)
    left_over = np.linalg.norm(paths - minimiser, axis=2) / np.linalg.norm(start - minimiser)

    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
        levels = excess[0, 0] * np.array([0.02, 0.1, 0.3, 0.6, 1])
        plots.error_contours(minimiser, hessian, levels, ax=left, limits=limits)
        left.set(xlabel=f"weight of {features[0]}", ylabel=f"weight of {features[1]}")
        path = plots.descent_path(paths[0], ax=left)
        loss = plots.excess_curve(excess[0], ax=right)
        right.set(ylim=(1e-9 * excess[0, 0], 1e3 * excess[0, 0]), ylabel="MSE above its minimum")

    seen = cut_where_it_leaves(paths, minimiser, 6 * reach)
    moving = {path: (seen[..., 0], seen[..., 1]), loss: excess}
    status = [f"α = {lr:g} ({100 * lr / limit:.0f} % of 2/h = {limit:.3f}) · after 60 steps "
              f"{_share(left_over[a, -1])} of the distance to the minimiser is left · "
              f"{'diverging: every step makes it longer' if lr > limit else _descent_word(lr, limit)}"
              for a, lr in enumerate(lrs)]
    presets = {"lecture": (0.01,), "half of 2/h": (_nearest(lrs, limit / 2),),
               "just below 2/h": (max(lrs[lrs < limit], default=np.nan),),
               "just above 2/h": (min(lrs[lrs > limit], default=np.nan),)}
    return _live(figure, {"learning rate α": lrs}, moving, status, presets, start=(0.01,))


# Numbers that more than one explorer needs.


def reference_errors(data):
    """RMSE of guessing the mean, and of least squares: ((train, test), (train, test))."""
    weight, bias = ridge_closed_form(data.X_train, data.y_train, 0)
    guess = _rmse_levels(data, np.zeros((1, len(weight))), np.array([float(data.y_train.double().mean())]))
    fitted = _rmse_levels(data, weight.T.numpy(), bias.numpy())
    return tuple(float(part[0]) for part in guess), tuple(float(part[0]) for part in fitted)


def round_grid(largest):
    """0 to at least `largest` in 40 equal steps of 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(largest / 40))
    step = next(digit * power for digit in (1, 2, 2.5, 5, 10) if 40 * digit * power >= largest)
    return (step * np.arange(41)).round(12)


def default_lrs(limit):
    """Learning rates from far below 2/h to a little above it, rounded; the lecture's 0.01 among them."""
    scale = 1 if 0.2 < limit < 0.34 else limit / 0.2963
    return np.array([float(f"{scale * lr:.2g}") for lr in LRS])


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


def cut_where_it_leaves(paths, centre, radius):
    """Paths (A, T, 2), each ended on the circle it crosses outwards first; NaN from there on."""
    distance = np.linalg.norm(paths - centre, axis=2)
    outside = np.maximum.accumulate(distance > radius, axis=1)
    seen = np.where(outside[..., None], np.nan, paths)
    for a in np.flatnonzero(outside.any(axis=1)):
        t = int(outside[a].argmax())
        step = paths[a, t] - paths[a, t - 1]
        seen[a, t] = paths[a, t - 1] + step * min(1, 2 * radius / np.linalg.norm(step))
    return seen


def _rmse_levels(data, weights, biases):
    """Train and test RMSE of K linear models: weights (K, n), biases (K,) -> two (K,)."""
    return tuple(np.sqrt(((X.double().numpy() @ weights.T + biases - y.double().numpy()) ** 2).mean(axis=0))
                 for X, y in ((data.X_train, data.y_train), (data.X_test, data.y_test)))


def _two_weights(data, features):
    """X (m, 2) of two named features, least squares' weights (2,), and the MSE's Hessian in them (2, 2)."""
    features = list(features)
    if len(set(features)) != 2 or not set(features) <= set(data.feature_names):
        raise ValueError(f"features must be two different names of {data.feature_names}, got {features}")
    X = data.X_train[:, [data.feature_names.index(name) for name in features]].double()
    centred = X - X.mean(dim=0)
    minimiser = ridge_closed_form(X, data.y_train, 0)[0][:, 0].numpy()
    return X, minimiser, (2 / len(X) * centred.T @ centred).numpy()


def _learning_status(grid, k, a, state, highest, limit, exact):
    lam, lr, n = grid.lambda_coefs[k], grid.lrs[a], grid.weights.shape[2]
    train, test = grid.train_rmse[k, a], grid.test_rmse[k, a, -1]
    if state == "hovering":
        tail = train[-max(len(train) // 10, 1):]
        state += f" (train RMSE {_error(tail.min())} to {_error(tail.max())})"
    return (f"λ = {lam:g} ({100 * lam / highest:.0f} % of λ_max) · α = {lr:g} ({100 * lr / limit:.0f} % of 2/h) · "
            f"{state} · RMSE train {_error(train[-1])}, test {_error(test)} · exact zeros "
            f"{grid.exact_zeros[k, a, -1]} of {n}, at the minimiser {(exact.weights[k] == 0).sum()}")


def _error(value):
    return f"{value:.3f}" if value < 100 else f"{value:.2g}" if value < np.inf else "beyond numbers"


def _share(value):
    return f"{100 * value:.2g} %" if value < 10 else f"{value:.2g} times"


def _descent_word(lr, limit):
    return "arriving in zigzags" if lr > 0.5 * limit else "arriving without a zigzag"


def _two_words(features, weights):
    return ", ".join(f"{name} {'exactly 0' if w == 0 else f'{w:.3f}'}" for name, w in zip(features, weights))


def _nearest(values, wanted):
    return values[np.abs(values - wanted).argmin()]


def _live(figure, axes, moving, status, presets, start):
    """A `LiveFigure` with a slider for each axis of more than one value; presets and start by value.

    A preset whose values are no stops is left out; a start that is none becomes the first stop.
    """
    kept = [k for k, values in enumerate(axes.values()) if len(values) > 1] or [0]
    names, lists = list(axes), list(axes.values())

    def stops(wanted):
        found = [np.flatnonzero(np.isclose(values, value)) for values, value in zip(lists, wanted)]
        return tuple(int(found[k][0]) for k in kept) if all(len(at) for at in found) else None

    def keep(array):
        array = np.asarray(array)
        return array.reshape(*(array.shape[k] for k in kept), *array.shape[len(lists):])

    moving = {line: tuple(keep(part) for part in data) if isinstance(data, tuple) else keep(data)
              for line, data in moving.items()}
    found = {name: stops(wanted) for name, wanted in presets.items()}
    return LiveFigure(figure, {names[k]: lists[k] for k in kept}, moving, keep(status),
                      {name: at for name, at in found.items() if at is not None}, stops(start))
