"""The explorer of notebook 05: the lecture's loop beside the proximal step, zeros counted."""

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure

from .. import plots
from ..closed_form import largest_stable_lr
from ..data import as_count, as_numbers
from ..path import lambda_max, lasso_path
from ..training import weight_walks
from .shared import SIZE, STYLE, default_lrs, live_by_values, round_grid

EVERY = 3  # iterations drawn: an odd step shows both sides of a weight that jumps to and fro


def explore_zeros(data, lambda_coefs=None, lrs=None, num_iterations=250, seed=0):
    """λ and α move the sizes |wⱼ| of every weight: the lecture's loop left, the proximal step right.

    Both start alike. What is exactly 0 lies in a strip below the log axis; the dashed line is 2αλ.
    Every third iteration is drawn; the status counts at the last.
    """
    limit, highest = largest_stable_lr(data.X_train), lambda_max(data.X_train, data.y_train)
    if lambda_coefs is None:
        lambda_coefs = np.union1d(round_grid(1.1 * highest)[::2], [1.0])
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lrs = as_numbers("lrs", default_lrs(limit)[1::2] if lrs is None else lrs, above=0)
    num_iterations = as_count("num_iterations", num_iterations)
    walks = [weight_walks(data, lambda_coefs, lrs, num_iterations, seed, proximal)
             for proximal in (False, True)]
    zeros = [(walk[:, :, -1] == 0).sum(axis=2) for walk in walks]  # (K, A) each
    exact = (lasso_path(data.X_train, data.y_train, lambda_coefs).weights == 0).sum(axis=1)
    iterations = np.arange(num_iterations)[::EVERY]

    moving = {}
    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        axes = figure.subplots(1, 2, sharey=True)
        for ax, walk, name in zip(axes, walks, ("lecture's loop", "proximal step (ISTA)")):
            drawn = plots.heights(walk[:, :, ::EVERY]).transpose(3, 0, 1, 2)  # (n, K, A, iterations)
            lines = plots.weight_sizes(iterations, drawn[:, 0, 0], data.feature_names, ax=ax)
            moving |= dict(zip(lines, drawn))
            level = 2 * lrs * np.where(lambda_coefs > 0, lambda_coefs, np.nan)[:, None]
            moving[plots.wobble_limit(iterations, ax=ax)] = level[:, :, None] * np.ones(2)
            ax.set_title(name)
        axes[0].set_ylabel("|weight|")
        handles = axes[0].get_legend_handles_labels()[0]
        figure.legend(loc="outside upper center", ncols=9, handles=handles, handlelength=1.6, handletextpad=0.3,
                      columnspacing=0.6)

    status = [[f"λ = {lam:g} ({100 * lam / highest:.0f} % of λ_max) · "
               f"α = {lr:g} ({100 * lr / limit:.0f} % of 2/h) · 2αλ = {2 * lr * lam:.3g} · "
               f"exact zeros after {num_iterations} steps: lecture's loop {zeros[0][k, a]}, "
               f"proximal step {zeros[1][k, a]}, at the minimiser {exact[k]} of {walks[0].shape[3]}"
               for a, lr in enumerate(lrs)] for k, lam in enumerate(lambda_coefs)]
    presets = {"lecture": (1, 0.01), "half the penalty": (0.5, 0.01), "small steps": (1, 0.002),
               "large steps": (1, 0.25), "beyond 2/h": (1, min(lrs[lrs > limit], default=np.nan))}
    sliders = {"penalty λ": lambda_coefs, "learning rate α": lrs}
    return live_by_values(figure, sliders, moving, status, presets, start=(1, 0.01))
