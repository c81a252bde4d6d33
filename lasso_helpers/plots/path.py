"""The pictures of notebook 06: weights along λ, the cross-validation error, and sign patterns."""

from itertools import cycle

from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from .base import DASHES, INK, QUIET, TEST


def weight_path(lambda_coefs, weights, names, *, ax):
    """The weights of K minimisers along λ: (K,), (K, n) -> n `Line2D`."""
    lines = [ax.plot(lambda_coefs, weight, dashes, label=name)[0]
             for weight, name, dashes in zip(weights.T, names, cycle(DASHES))]
    ax.axhline(0, color=QUIET, linewidth=1.2, zorder=0)
    ax.set(ylabel="weight")
    _lambda_axis(lambda_coefs, ax)
    return lines


def cv_curve(lambda_coefs, mean, se, *, ax):
    """The cross-validation error ± one SE, and the level of its minimum + one SE: (K,) each

    -> the lines mean, mean − se, mean + se, level.
    """
    (curve,) = ax.plot(lambda_coefs, mean, color=INK)
    band = [ax.plot(lambda_coefs, mean + sign * se, color=QUIET, linewidth=1.9)[0] for sign in (-1, 1)]
    best = mean.argmin()
    (level,) = ax.plot(lambda_coefs[[0, -1]], [mean[best] + se[best]] * 2, color=INK, linestyle="--")
    ax.set(ylabel="CV error (MSE)")
    _lambda_axis(lambda_coefs, ax)
    return curve, *band, level


def upright(value, ends, *, ax, **look):
    """An upright line at x = value between two heights -> its `Line2D`, to be moved by x."""
    (line,) = ax.plot([value, value], ends, **look)
    return line


def violations_by_rank(ranks, violations, *, ax):
    """KKT violations of the sign patterns of these ranks, log axes: two (R,) -> the line, the best one's
    marker."""
    (line,) = ax.plot(ranks, violations, color=INK, marker="o", markersize=5)
    (best,) = ax.plot(ranks[:1], violations[:1], "o", color=TEST, markersize=13)
    ax.set(xscale="log", yscale="log", xlabel="sign pattern, by rank", ylabel="largest KKT violation",
           xlim=(0.8, 1.3 * ranks[-1]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_minor_locator(NullLocator())
    return line, best


def _lambda_axis(lambda_coefs, ax):
    ax.set(xscale="log", xlabel="penalty λ", xlim=(min(lambda_coefs), max(lambda_coefs)))
    ax.xaxis.set_major_locator(LogLocator())
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.xaxis.set_minor_locator(NullLocator())
