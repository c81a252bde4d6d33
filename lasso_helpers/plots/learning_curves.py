"""The pictures of notebook 04: RMSE against iterations, with the levels it is held against."""

import numpy as np

from .base import QUIET, TEST_LOOK, TEST_QUIET, TRAIN_LOOK, TRAIN_QUIET


def learning_curves(train_rmse, test_rmse, *, ax):
    """RMSE after each step: two (T,) -> the train line, the test line."""
    steps = np.arange(len(train_rmse))
    (train,) = ax.plot(steps, train_rmse, label="train", **TRAIN_LOOK)
    (test,) = ax.plot(steps, test_rmse, label="test", **TEST_LOOK)
    ax.set(xlabel="iteration", ylabel="RMSE", xlim=(0, len(steps) - 1))
    return train, test



def minimiser_levels(train_rmse, test_rmse, *, ax):
    """Where training would end: dashed levels across the axes -> the train line, the test line."""
    lines = []
    for level, look in ((train_rmse, TRAIN_LOOK), (test_rmse, TEST_LOOK)):
        lines += ax.plot(ax.get_xlim(), [level, level], linestyle="--", **look)
    ax.plot([], [], color=QUIET, linestyle="--", label="exact minimiser")
    return tuple(lines)



def reference_levels(guess, least_squares, *, ax):
    """Quiet dotted levels in every RMSE picture: guessing the mean, and least squares; (train, test) each."""
    for levels, name, side in ((guess, "guess\nmean", "bottom"), (least_squares, "least\nsquares", "top")):
        for level, color, width in zip(levels, (TRAIN_QUIET, TEST_QUIET), (2.8, 1.6)):
            ax.axhline(level, color=color, linestyle=":", linewidth=width, zorder=0)
        nearest = min(levels) if side == "bottom" else max(levels)  # the names keep apart, however near the levels
        ax.annotate(name, (1.01, nearest), xycoords=("axes fraction", "data"), va=side,
                    color="#666666", linespacing=0.95)
