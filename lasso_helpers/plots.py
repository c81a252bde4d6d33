"""Draws numbers on an axes, and returns the lines it drew. Knows no model and no widget.

Train is blue, test is vermillion (Okabe, Ito); what is exact is dashed, references are dotted.
Every function wants its `ax`; an explorer moves the lines that come back.
"""

import io

import numpy as np
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator
from PIL import Image

TRAIN, TEST = "#0072B2", "#D55E00"
TRAIN_QUIET, TEST_QUIET = "#7FB8D8", "#EAAE7F"
INK, QUIET = "#222222", "#8A8A8A"


def show(figure, alt):
    """Display a figure together with its message, `alt`: one or two sentences with the numbers.

    The message is the output's text/plain, which nbval compares, and its `alt` metadata, which
    pages made from the notebook read out. The figure is closed. Raises ValueError for no message.
    """
    from matplotlib import pyplot  # only here: nothing else in the package needs it

    if not isinstance(alt, str) or not alt.strip():
        raise ValueError(f"alt must be a sentence that says what is to be seen, got {alt!r}")
    width, height = (round(side) for side in figure.bbox.size)
    figure.set_dpi(2 * figure.dpi)
    picture = small_png(paint(figure))
    pyplot.close(figure)
    display({"image/png": picture, "text/plain": alt}, raw=True,
            metadata={"image/png": {"width": width, "height": height, "alt": alt}})


def paint(figure):
    """The figure at its present dpi -> a PIL image."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def small_png(image):
    """The bytes of a PNG with a palette of 256 colours, a third of those of full colour."""
    buffer = io.BytesIO()
    image.quantize(256, Image.Quantize.FASTOCTREE).save(buffer, "png")
    return buffer.getvalue()


def plain_log_axis(axis, bottom, top):
    """A log axis from bottom to top with few ticks, written as plain numbers."""
    ax, which = axis.axes, axis.axis_name
    getattr(ax, f"set_{which}scale")("log")
    getattr(ax, f"set_{which}lim")(bottom, top)
    subs = (1, 1.5, 2, 3, 5, 7) if top < 30 * bottom else (1,)
    axis.set_major_locator(LogLocator(subs=subs, numticks=12))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_locator(NullLocator())


def learning_curves(train_rmse, test_rmse, *, ax):
    """RMSE after each step: two (T,) -> the train line, the test line."""
    steps = np.arange(len(train_rmse))
    (train,) = ax.plot(steps, train_rmse, color=TRAIN, label="train")
    (test,) = ax.plot(steps, test_rmse, color=TEST, label="test")
    ax.set(xlabel="iteration", ylabel="RMSE", xlim=(0, len(steps) - 1))
    return train, test


def minimiser_levels(train_rmse, test_rmse, *, ax):
    """Where training would end: dashed levels across the axes -> the train line, the test line."""
    lines = []
    for level, color in ((train_rmse, TRAIN), (test_rmse, TEST)):
        lines += ax.plot(ax.get_xlim(), [level, level], color=color, linestyle="--")
    ax.plot([], [], color=QUIET, linestyle="--", label="exact minimiser")
    return tuple(lines)


def reference_levels(guess, least_squares, *, ax):
    """Quiet dotted levels in every RMSE picture: guessing the mean, and least squares; (train, test) each."""
    for levels, name in ((guess, "guess\nmean"), (least_squares, "least\nsquares")):
        for level, color in zip(levels, (TRAIN_QUIET, TEST_QUIET)):
            ax.axhline(level, color=color, linestyle=":", linewidth=2, zorder=0)
        ax.annotate(name, (1.01, max(levels)), xycoords=("axes fraction", "data"), va="center",
                    color="#666666", linespacing=0.95)


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
    for level, color, name in ((train_rmse, TRAIN, "train"), (test_rmse, TEST, "test")):
        ax.plot(lambda_coefs, level, color=color, label=name)
    ax.set_xscale("symlog", linthresh=smallest, linscale=0.4)
    ax.set(xlabel="penalty λ", ylabel="RMSE", xlim=(0, max(lambda_coefs)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.xaxis.set_minor_locator(NullLocator())
    markers = []
    for level, color in ((train_rmse, TRAIN), (test_rmse, TEST)):
        markers += ax.plot(lambda_coefs[:1], level[:1], "o", color=color, markersize=13)
    return tuple(markers)


def one_weight_objective(w, a, lambda_coef, *, ax):
    """(w − a)², λ|w| and their sum over a grid w (P,) -> the three lines and the minimiser's marker."""
    w, square, corner = one_weight_parts(w, a, lambda_coef)
    (parabola,) = ax.plot(w, square, color=TRAIN_QUIET, label="(w − a)²")
    (penalty,) = ax.plot(w, corner, color=TEST_QUIET, label="λ|w|")
    (total,) = ax.plot(w, square + corner, color=INK, label="sum")
    (lowest,) = ax.plot([a], [0], "o", color=TEST, markersize=12)
    ax.axvline(0, color=QUIET, linewidth=1.2, zorder=0)
    ax.set(xlabel="weight w", ylabel="objective", xlim=(w[0], w[-1]))
    return parabola, penalty, total, lowest


def one_weight_parts(w, a, lambda_coef):
    """w, (w − a)² and λ|w|, broadcast."""
    return w, (w - a) ** 2, lambda_coef * np.abs(w)


def error_contours(minimiser, hessian, levels, *, ax, limits):
    """Contours of the MSE of two weights above its minimum: minimiser (2,), hessian (2, 2), levels ascending.

    limits: (left, right, bottom, top). The minimiser is marked by a cross.
    """
    x, y = np.meshgrid(np.linspace(*limits[:2], 201), np.linspace(*limits[2:], 201))
    away = np.stack([x - minimiser[0], y - minimiser[1]], axis=-1)
    excess = 0.5 * np.einsum("...i,ij,...j", away, hessian, away)
    ax.contour(x, y, excess, levels=levels, colors=TRAIN_QUIET, linewidths=1.6)
    ax.plot(*minimiser, color=TRAIN, marker="x", markersize=11, markeredgewidth=3)
    ax.axhline(0, color=QUIET, linewidth=1.2, zorder=0)
    ax.axvline(0, color=QUIET, linewidth=1.2, zorder=0)
    ax.set(xlim=limits[:2], ylim=limits[2:], aspect="equal")


def contour_through(point, minimiser, hessian, num_points=181):
    """The ellipse of equal MSE through a point: point (..., 2) -> x and y of shape (..., num_points)."""
    angle = np.linspace(0, 2 * np.pi, num_points)
    away = np.asarray(point) - minimiser
    half_excess = np.einsum("...i,ij,...j", away, hessian, away)
    # H = CCᵀ, so the ellipse is minimiser + √(excess) · C⁻ᵀ · unit circle.
    circle = np.linalg.solve(np.linalg.cholesky(hessian).T, np.stack([np.cos(angle), np.sin(angle)]))
    ellipse = np.sqrt(half_excess)[..., None, None] * circle
    return minimiser[0] + ellipse[..., 0, :], minimiser[1] + ellipse[..., 1, :]


def penalty_shape(size, power, num_points=181):
    """The border of ‖w‖₁ ≤ size (power 1) or ‖w‖₂ ≤ size (power 2): size (...) -> x, y (..., num_points)."""
    angle = np.linspace(0, 2 * np.pi, num_points)
    border = np.stack([np.cos(angle), np.sin(angle)])
    border = border / (np.abs(border) ** power).sum(axis=0) ** (1 / power)
    outline = np.asarray(size)[..., None, None] * border
    return outline[..., 0, :], outline[..., 1, :]


def constraint(point, size, power, minimiser, hessian, *, ax):
    """The penalty's shape, the MSE contour that touches it, and the solution -> three `Line2D`."""
    (shape,) = ax.plot(*penalty_shape(size, power), color=INK)
    (contour,) = ax.plot(*contour_through(point, minimiser, hessian), color=TRAIN)
    (solution,) = ax.plot(*np.asarray(point)[:, None], "o", color=TEST, markersize=12)
    return shape, contour, solution


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
