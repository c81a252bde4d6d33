"""The pictures of notebook 01: signed weights, and errors along λ."""

import numpy as np
from matplotlib.ticker import FuncFormatter, NullLocator

from .base import INK, QUIET, TEST_LOOK, TRAIN_LOOK


def weight_stems(weights, names, *, ax, limit):
    """A stem from 0 to each weight, a row a feature: (n,) -> the stems, the dots (both `Line2D`)."""
    rows = np.arange(len(weights))
    (stems,) = ax.plot(*stem_points(weights), color=INK)
    (dots,) = ax.plot(weights, rows, "o", color=INK, markersize=9)
    ax.axvline(0, color=QUIET, linewidth=1.2, zorder=0)
    ax.set(xlim=(-limit, limit), ylim=(len(rows) - 0.5, -0.5), yticks=rows, yticklabels=names)
    return stems, dots



def stem_points(weights):
    """x and y of the stems 0 → weight, interrupted by NaN: (..., n) -> two of shape (..., 3n)."""
    weights = np.asarray(weights, dtype=float)
    gap = np.full_like(weights, np.nan)
    rows = np.broadcast_to(np.arange(weights.shape[-1], dtype=float), weights.shape)
    x = np.stack([np.zeros_like(weights), weights, gap], axis=-1)
    y = np.stack([rows, rows, gap], axis=-1)
    return x.reshape(*weights.shape[:-1], -1), y.reshape(*weights.shape[:-1], -1)



def error_against_lambda(lambda_coefs, train_rmse, test_rmse, *, ax):
    """RMSE of each λ's minimiser: three (K,) -> the markers on train and on test (`Line2D`, at the first λ).

    λ = 0 has a place of its own at the left of the log axis.
    """
    smallest = min(value for value in lambda_coefs if value > 0)
    for level, name, look in ((train_rmse, "train", TRAIN_LOOK), (test_rmse, "test", TEST_LOOK)):
        ax.plot(lambda_coefs, level, label=name, **look)
    ax.set_xscale("symlog", linthresh=smallest, linscale=0.4)
    ax.set(xlabel="penalty λ", ylabel="RMSE", xlim=(0, max(lambda_coefs)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.xaxis.set_minor_locator(NullLocator())
    markers = []
    for level, look, size in ((train_rmse, TRAIN_LOOK, 14), (test_rmse, TEST_LOOK, 10)):
        markers += ax.plot(lambda_coefs[:1], level[:1], "o", color=look["color"], markersize=size)
    return tuple(markers)
