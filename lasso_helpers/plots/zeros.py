"""The pictures of notebook 05: sizes of weights on a log axis, and exact zeros on lines of their own."""

from itertools import cycle

import numpy as np
from matplotlib.ticker import FixedLocator, NullLocator

from .base import DASHES, INK, QUIET

FLOOR, TOP = 1e-4, 4  # what is smaller, but not 0, or larger, is drawn here
STRIP = (1e-5, 6e-5)  # exact zeros lie in this strip, each weight on a line of its own


def weight_sizes(iterations, sizes, names, *, ax):
    """|wⱼ| after each iteration: (T,), (n, T) as from `heights` -> n `Line2D`."""
    lines = [ax.plot(iterations, size, dashes, label=name)[0]
             for size, name, dashes in zip(sizes, names, cycle(DASHES))]
    ax.axhspan(STRIP[0], 7.5e-5, color="#E4E4E4", zorder=0)
    ax.axhline(FLOOR, color=QUIET, linewidth=1, zorder=0)
    ax.set(xlabel="iteration", yscale="log", xlim=(iterations[0], iterations[-1]), ylim=(0.8e-5, TOP))
    ax.yaxis.set_major_locator(FixedLocator([np.prod(STRIP) ** 0.5, 1e-3, 1e-2, 1e-1, 1]))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.set_yticklabels(["exactly 0", "0.001", "0.01", "0.1", "1"])
    return lines


def heights(weights):
    """Where to draw |w| of n weights: on the log axis, and in the strip below it where w == 0; (..., n)."""
    sizes = np.abs(weights)
    rows = np.geomspace(*STRIP[::-1], sizes.shape[-1] + 2)[1:-1]
    return np.where(sizes == 0, rows, np.clip(sizes, FLOOR, TOP))


def wobble_limit(iterations, *, ax):
    """The level 2αλ, drawn at 1 -> its `Line2D`."""
    (line,) = ax.plot(iterations[[0, -1]], [1, 1], color=INK, linestyle="--", label="2αλ")
    return line
