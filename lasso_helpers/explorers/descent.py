"""The explorer of notebook 03: α moves a descent on the map of two weights."""

import numpy as np
import torch
from matplotlib import style
from matplotlib.figure import Figure

from .. import plots
from ..closed_form import descend_quadratic, largest_stable_lr
from ..data import as_numbers
from .shared import SIZE, STYLE, live_by_values, round_grid, two_weights


def explore_descent(data, features, lrs=None):
    """α moves 60 steps of gradient descent on the MSE of two features: the path and the loss.

    features: two of data.feature_names; the bias sits at its best, ȳ − x̄ᵀw. Where a path leaves the
    map by three widths it is cut.
    """
    X, minimiser, hessian = two_weights(data, features)
    limit = largest_stable_lr(X)
    if lrs is None:
        lrs = np.union1d(round_grid(1.1 * limit)[1:], [0.01])
    lrs = as_numbers("lrs", lrs, above=0)
    reach = 1.6 * np.abs(minimiser).max()
    (x, y), up = minimiser, 0.8 * reach
    limits = (x - reach, x + reach, y - up, y + up)
    start = minimiser + reach * np.array([0.8, 0.35])
    valley = (torch.as_tensor(part) for part in (hessian, minimiser, start))
    paths = descend_quadratic(*valley, lrs, 60).numpy()
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
    return live_by_values(figure, {"learning rate α": lrs}, moving, status, presets, start=(0.01,))


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


def _share(value):
    if value < 1:
        return f"{100 * value:.2g} %"
    return f"{100 * value:.0f} %" if value < 10 else f"{value:.2g} times"


def _descent_word(lr, limit):
    return "arriving in zigzags" if lr > 0.5 * limit else "arriving without a zigzag"


def _nearest(values, wanted):
    return values[np.abs(values - wanted).argmin()]
