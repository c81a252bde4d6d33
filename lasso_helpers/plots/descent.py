"""The pictures of notebook 03: a path on the map of two weights, and its loss."""

import numpy as np

from .base import TEST


def descent_path(path, *, ax):
    """The steps of a descent on the map of two weights: (T, 2) -> the line, a dot a step."""
    (line,) = ax.plot(*np.asarray(path).T, color=TEST, marker="o", markersize=5)
    return line



def excess_curve(excess, *, ax):
    """How far the loss lies above its minimum after each step, log axis: (T,) -> the line."""
    (line,) = ax.plot(excess, color=TEST)
    ax.set_yscale("log")
    ax.set(xlabel="iteration", xlim=(0, len(excess) - 1))
    return line
