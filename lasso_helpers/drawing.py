"""Draws numbers on an axes, and returns the lines it drew: what notebooks draw with, and several explorers.

One colour, one meaning, through the whole series; and none is told by colour alone:

    TRAIN       blue, thick lines     the training rows
    TEST        vermillion, thin      the test rows
    INK         black, circles ●      what a loop has reached, and what stands still
    MINIMISER   magenta, diamonds ◆   what is exact; its levels are dashed
    FEATURES    eight others          one feature each; lines of theirs differ by their dashes, too
    QUIET       grey                  references, axes, what is only there to compare with
    OTHERS      pale grey, thin       features without a name of their own

A hollow mark (○, ◇) is a weight that is exactly 0. Knows no model and no widget. What draws wants its `ax`,
and an explorer moves the lines that come back.
"""

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, Locator, LogLocator, MaxNLocator, NullLocator
from numpy.typing import ArrayLike
from PIL import Image

TRAIN, TEST = "#0072B2", "#D55E00"
TRAIN_QUIET = "#7FB8D8"
INK, MINIMISER = "#222222", "#A0148C"
QUIET, NOTE, STRIP_COLOR = "#8A8A8A", "#666666", "#E4E4E4"
OTHERS, OTHERS_WIDTH = "#C4C4C4", 1.2
FEATURES = ("#117733", "#332288", "#B8860B", "#44AA99", "#882255", "#8C8C2E", "#661100", "#6699CC")
ITERATE_LOOK: dict[str, Any] = {"color": INK, "marker": "o", "markersize": 10}
MINIMISER_LOOK: dict[str, Any] = {"color": MINIMISER, "marker": "D", "markersize": 9}
TRAIN_LOOK: dict[str, Any] = {"color": TRAIN, "linewidth": 3.6}  # nothing is told by colour alone
TEST_LOOK: dict[str, Any] = {"color": TEST, "linewidth": 1.9}
DASHES = ("-", "--", "-.", ":")  # of one feature after the other, beside their colours
HEADS = (7, 9, 5, 11, 3, 1)  # characters of a long name before its cut, in the order in which they are tried
FLOOR, TOP = 1e-4, 4  # |w| that is smaller, but not 0, is drawn at FLOOR; what is larger leaves
STRIP = (1e-5, 6e-5)  # exact zeros lie in this strip, each weight on a line of its own

# A finished figure


def show(figure: Figure, alt: str) -> None:
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
    about = {"image/png": {"width": width, "height": height, "alt": alt}}
    display({"image/png": picture, "text/plain": alt}, raw=True, metadata=about)


def paint(figure: Figure) -> Image.Image:
    """The figure at its present dpi -> a PIL image."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return Image.fromarray(np.asarray(canvas.buffer_rgba())).convert("RGB")


def small_png(image: Image.Image, optimize: bool = False) -> bytes:
    """The bytes of a PNG with a palette of 256 colours, a third of those of full colour.

    optimize: a tenth fewer, in six times the time.
    """
    buffer = io.BytesIO()
    image.quantize(256, Image.Quantize.FASTOCTREE).save(buffer, "png", optimize=optimize)
    return buffer.getvalue()


# Names


def literal(text: str) -> str:
    """A text that matplotlib draws as it reads: no $ of it begins a formula, no leading _ hides it from a
    legend."""
    return ("\u200b" if text.startswith("_") else "") + text.replace("$", r"\$")


def short_names(names: Iterable[str], longest: int = 14) -> list[str]:
    """Different names in at most `longest` characters: long ones without a part from their middle, the same
    for all where they stay different; else each where it does, or with its number, from 1, in the gap.

    They come back whole should even that not keep them different.
    """
    names = list(names)
    one_line = [" ".join(name.split()) for name in names]
    tries = [[_cut(name, "…", head, longest) for name in one_line] for head in HEADS]
    counts = [Counter(short) for short in tries]
    for short, count in zip(tries, counts):
        if len(count) == len(names):
            return short
    found = [
        next((short[k] for short, count in zip(tries, counts) if count[short[k]] == 1), None)
        or _cut(name, f"…{k + 1}…", HEADS[0], longest)
        for k, name in enumerate(one_line)
    ]
    return found if len(set(found)) == len(names) else names


def _cut(name, gap, head, longest):
    if len(name) <= longest:
        return name
    kept = longest - len(gap)
    head = min(head, kept)
    return name[:head] + gap + name[len(name) - kept + head :]


# Axes


def plain_numbers(axis: Axis, locator: Locator | None = None, least: float = 1e-4) -> None:
    """Ticks written as plain numbers (`plain_number`), none between them."""
    if locator is not None:
        axis.set_major_locator(locator)
    axis.set_major_formatter(FuncFormatter(lambda value, _: plain_number(value, least)))
    no_minor_ticks(axis)


def plain_number(value: float, least: float = 1e-4) -> str:
    """A number in few characters: 0.5, −20, and 5e4 from 10,000 on, 2e−5 below `least`."""
    text = f"{value:g}"
    if value and not least <= abs(value) < 1e4:
        digits, power = f"{value:.5e}".split("e")
        text = f"{float(digits):g}e{int(power)}"
    return text.replace("-", "−")


def few_digits(axis: Axis) -> None:
    """Plain numbers on a straight axis, whose limits are set, where matplotlib's own have many digits."""
    reach = np.abs(axis.get_view_interval()).max()
    if not 1e-2 <= reach < 1e4:
        plain_numbers(axis, MaxNLocator(5, steps=[1, 2, 5, 10]), least=1e-3)


def no_minor_ticks(axis: Axis) -> None:
    """Only the major ticks."""
    axis.set_minor_locator(NullLocator())


def plain_log_axis(axis: Axis, bottom: float, top: float) -> None:
    """A log axis from bottom to top with few ticks, written as plain numbers."""
    which = "x" if axis is axis.axes.xaxis else "y"
    axis.axes.set(**{f"{which}scale": "log", f"{which}lim": (bottom, top)})
    subs = (1, 1.5, 2, 3, 5, 7) if top < 30 * bottom else (1,)
    plain_numbers(axis, LogLocator(subs=subs, numticks=12))


def lambda_axis(lambda_coefs: np.ndarray, *, ax: Axes) -> None:
    """A log axis of λ from the smallest to the largest."""
    ax.set(xscale="log", xlabel="penalty λ", xlim=(min(lambda_coefs), max(lambda_coefs)))
    plain_numbers(ax.xaxis, LogLocator())


def zero_line(*, ax: Axes, upright: bool = False) -> None:
    """A quiet line at 0."""
    across = ax.axvline if upright else ax.axhline
    across(0, color=QUIET, linewidth=1.2, zorder=0)


# Errors


def learning_curves(train_rmse: np.ndarray, test_rmse: np.ndarray, *, ax: Axes) -> tuple[Line2D, Line2D]:
    """RMSE after each step: two (T,) -> the train line, the test line."""
    steps = np.arange(len(train_rmse))
    (train,) = ax.plot(steps, train_rmse, label="train", **TRAIN_LOOK)
    (test,) = ax.plot(steps, test_rmse, label="test", **TEST_LOOK)
    ax.set(xlabel="iteration", ylabel="RMSE", xlim=(0, max(len(steps) - 1, 1)))
    return train, test


def reference_levels(guess: Sequence[float], least_squares: Sequence[float], *, ax: Axes) -> None:
    """Short marks at the right edge of an RMSE picture: guess the mean, least squares; (train, test) each."""
    # Names on the outer sides of what lies nearest keep apart.
    sides = ("bottom", "top") if max(least_squares) < min(guess) else ("top", "bottom")
    for levels, name, side, nearest in (
        (guess, "guess\nmean", sides[0], min(guess)),
        (least_squares, "least\nsquares", sides[1], max(least_squares)),
    ):
        for level, look in zip(levels, (TRAIN_LOOK, TEST_LOOK)):
            ax.axhline(level, xmin=0.96, **look, zorder=0)
        place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "va": side}
        ax.annotate(name, (1.01, nearest), **place, color=NOTE, linespacing=0.95)


def arrived_strip(floor: float, *, ax: Axes) -> None:
    """On a log axis, whose limits are set, of an objective above its minimum: a strip for what is at most
    `floor`."""
    bottom, _ = ax.get_ylim()
    ax.axhspan(bottom / 10, floor, color="#DCEFEA", zorder=0)
    place: dict[str, Any] = {"xycoords": ("axes fraction", "data"), "ha": "right", "va": "top"}
    place["annotation_clip"] = True  # data may lie so that the strip is below the axes
    ax.annotate("arrived", (0.99, floor / 2), **place, color=NOTE)


def error_against_lambda(
    lambda_coefs: np.ndarray, train_rmse: Sequence[float], test_rmse: Sequence[float], *, ax: Axes
) -> tuple[Line2D, Line2D]:
    """RMSE of each λ's minimiser: three (K,) -> the markers on train and on test (`Line2D`, at the first λ).

    λ = 0 has a place of its own at the left of the log axis.
    """
    smallest = min(value for value in lambda_coefs if value > 0)
    for level, name, look in ((train_rmse, "train", TRAIN_LOOK), (test_rmse, "test", TEST_LOOK)):
        ax.plot(lambda_coefs, level, label=name, **look)
    ax.set_xscale("symlog", linthresh=smallest, linscale=0.4)
    ax.set(xlabel="penalty λ", ylabel="RMSE", xlim=(0, max(lambda_coefs)))
    plain_numbers(ax.xaxis)
    first = lambda_coefs[:1]
    (train,) = ax.plot(first, train_rmse[:1], "o", color=TRAIN, markersize=14)
    (test,) = ax.plot(first, test_rmse[:1], "o", color=TEST, markersize=10)
    return train, test


def cv_curve(lambda_coefs: np.ndarray, mean: np.ndarray, se: np.ndarray, *, ax: Axes) -> tuple[Line2D, ...]:
    """The cross-validation error ± one SE, and the level of its minimum + one SE: (K,) each

    -> the lines mean, mean − se, mean + se, level.
    """
    (curve,) = ax.plot(lambda_coefs, mean, color=INK)
    band = [ax.plot(lambda_coefs, mean + sign * se, color=QUIET, linewidth=1.9)[0] for sign in (-1, 1)]
    best = mean.argmin()
    (level,) = ax.plot(lambda_coefs[[0, -1]], [mean[best] + se[best]] * 2, color=INK, linestyle="--")
    ax.set(ylabel="CV error (MSE)")
    lambda_axis(lambda_coefs, ax=ax)
    return curve, *band, level


# Weights


def weight_path(
    lambda_coefs: np.ndarray, weights: np.ndarray, names: Iterable[str], *, ax: Axes
) -> list[Line2D]:
    """The weights of K minimisers along λ: (K,), (K, n) -> n `Line2D`."""
    lines = _line_for_each(lambda_coefs, weights.T, names, ax=ax)
    zero_line(ax=ax)
    ax.set(ylabel="weight")
    lambda_axis(lambda_coefs, ax=ax)
    return lines


def weight_rows(names: Sequence[str], *, ax: Axes, limit: float, hollow: str = "◇", others: int = 0) -> None:
    """An axes for signed weights, from −limit to limit: a row a feature, the first on top.

    hollow: the marks that say that a weight is exactly 0; others: how many features more share a last row.
    """
    labels = [literal(name) for name in short_names(names)]
    labels += [f"+ {others} other{'s' if others > 1 else ''}"] if others else []
    rows = range(len(labels))
    for row in rows:
        ax.axhline(row, color=STRIP_COLOR, linewidth=1, zorder=0)
    zero_line(ax=ax, upright=True)
    ax.set(xlim=(-limit, limit), ylim=(len(rows) - 0.5, -0.5), yticks=rows, yticklabels=labels)
    ticks: Locator = MaxNLocator(3, steps=[1, 2, 5, 10])
    if not 1e-3 <= limit < 1e4:  # long ones: 0 has its line, and no room for its number
        ticks = FixedLocator([at for at in ticks.tick_values(-limit, limit) if 0 < abs(at) <= limit])
    plain_numbers(ax.xaxis, ticks, least=1e-3)
    ax.set_xlabel(f"weight ({hollow} = 0)")


def weight_marks(
    weights: np.ndarray,
    look: Mapping[str, Any],
    *,
    ax: Axes,
    shift: float = 0.0,
    rows: ArrayLike | None = None,
) -> dict[Line2D, tuple[np.ndarray, np.ndarray]]:
    """A mark for each of n weights in its row, filled, or hollow where it is exactly 0: (..., n)

    -> {line: (x, y) of shape (..., n)} of the filled and of the hollow ones. look: `ITERATE_LOOK` or
    `MINIMISER_LOOK`; shift: how far below the middle of their row they stand; rows: one for each weight (n,),
    by default its own.
    """
    weights = np.asarray(weights, dtype=float)
    rows = np.arange(weights.shape[-1]) if rows is None else np.asarray(rows)
    rows = rows + np.full((1,) * weights.ndim, shift)
    return by_zero(weights, rows, weights == 0, filled_and_hollow(look, ax=ax))


def filled_and_hollow(look: Mapping[str, Any], *, ax: Axes) -> tuple[Line2D, Line2D]:
    """Two lines of marks without points as yet: filled ones, and hollow ones for what is exactly 0."""
    look = {"linestyle": "none", "markeredgewidth": 2.4, **look}
    (filled,) = ax.plot([], [], **look)
    (hollow,) = ax.plot([], [], markerfacecolor="white", **look)
    return filled, hollow


def by_zero(
    x: np.ndarray, y: np.ndarray, is_zero: np.ndarray, marks: tuple[Line2D, Line2D]
) -> dict[Line2D, tuple[np.ndarray, np.ndarray]]:
    """Points (..., P) for the filled and the hollow mark: {line: (x, y)}, x NaN where it is the other's.

    Hollow ones that are nowhere needed are a single NaN.
    """
    filled, hollow = marks
    nowhere = np.full((1,) * is_zero.ndim, np.nan)
    zeros = (np.where(is_zero, x, np.nan), y) if is_zero.any() else (nowhere, nowhere)
    return {filled: (np.where(is_zero, np.nan, x), y), hollow: zeros}


def weight_sizes(
    iterations: np.ndarray, places: np.ndarray, names: Iterable[str], *, ax: Axes, unit: float = 1.0
) -> list[Line2D]:
    """|wⱼ| after each iteration, exact zeros in a strip below the log axis: (T,), (n, T) as from `heights`

    -> n `Line2D`. unit: as there; the axis ends at 4 units, or at 4, where the lecture's runs start.
    """
    lines = _line_for_each(iterations, places, names, ax=ax)
    ax.axhspan(STRIP[0] * unit, 7.5e-5 * unit, color=STRIP_COLOR, zorder=0)
    ax.axhline(FLOOR * unit, color=QUIET, linewidth=1, zorder=0)
    ax.set(xlabel="iteration", yscale="log", xlim=(iterations[0], max(iterations[-1], 1)))
    ax.set_ylim(0.8e-5 * unit, TOP * max(unit, 1))
    zero, *ticks = unit * np.array([float(np.prod(STRIP)) ** 0.5, FLOOR, 1e-3, 1e-2, 1e-1, 1])
    words = [f"≤ {plain_number(ticks[0])}", *map(plain_number, ticks[1:])]
    if unit < 0.1:  # a longer axis: fewer ticks
        ticks, words = [ticks[2], ticks[4], 1], [words[2], words[4], "1"]
    ax.yaxis.set_major_locator(FixedLocator([zero, *ticks]))
    no_minor_ticks(ax.yaxis)
    ax.set_yticklabels(["exactly 0", *words])
    return lines


def heights(weights: np.ndarray, unit: float = 1.0) -> np.ndarray:
    """Where to draw |w| of n weights: on the log axis, at its FLOOR where smaller, and in the strip below it
    where w == 0; (..., n). unit: of the weights, by which FLOOR and STRIP are multiplied."""
    absolute = np.abs(weights)
    rows = unit * np.geomspace(*STRIP[::-1], absolute.shape[-1] + 2)[1:-1]
    return np.where(absolute == 0, rows, np.maximum(absolute, FLOOR * unit))


def _line_for_each(x, ys, names, *, ax):
    lines = []
    for k, (y, name) in enumerate(zip(ys, names)):
        dashes = DASHES[(k + k // len(FEATURES)) % len(DASHES)]  # others where the colours come again
        lines += ax.plot(x, y, dashes, label=literal(name))
    return lines


def joined(x: np.ndarray, ys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Lines over one x as a single one, interrupted by NaN: x (P,), ys (..., L, P) -> x (L · (P + 1),),
    y (..., L · (P + 1))."""
    ends = np.full((*ys.shape[:-1], 1), np.nan)
    y = np.concatenate([ys, ends], axis=-1)
    return np.tile(np.append(x, np.nan), ys.shape[-2]), y.reshape(*y.shape[:-2], -1)


# One weight, two weights


def one_weight_objective(w: np.ndarray, a: float, lambda_coef: float, *, ax: Axes) -> tuple[Line2D, ...]:
    """(w − a)², λ|w| and their sum over a grid w (P,) -> the three lines and the minimiser's two marks."""
    square, corner = (w - a) ** 2, lambda_coef * np.abs(w)
    (parabola,) = ax.plot(w, square, color=QUIET, linewidth=3.6, label="(w − a)²")
    (penalty,) = ax.plot(w, corner, color=QUIET, linewidth=1.9, linestyle="--", label="λ|w|")
    (total,) = ax.plot(w, square + corner, color=INK, label="sum")
    lowest = filled_and_hollow(MINIMISER_LOOK, ax=ax)
    zero_line(ax=ax, upright=True)
    ax.set(xlabel="weight w", ylabel="objective", xlim=(w[0], w[-1]))
    return parabola, penalty, total, *lowest


def error_contours(
    minimiser: np.ndarray,
    hessian: np.ndarray,
    levels: ArrayLike,
    *,
    ax: Axes,
    limits: tuple[float, float, float, float],
) -> None:
    """Contours of the MSE of two weights above its minimum: minimiser (2,), hessian (2, 2), levels ascending.

    limits: (left, right, bottom, top). The minimiser is marked by a cross.
    """
    left, right, bottom, top = limits
    x, y = np.meshgrid(np.linspace(left, right, 201), np.linspace(bottom, top, 201))
    away = np.stack([x - minimiser[0], y - minimiser[1]], axis=-1)
    excess = 0.5 * np.einsum("...i,ij,...j", away, hessian, away)
    ax.contour(x, y, excess, levels=levels, colors=TRAIN_QUIET, linewidths=1.6)
    ax.plot(*minimiser, color=TRAIN, marker="x", markersize=11, markeredgewidth=3)
    zero_line(ax=ax)
    zero_line(ax=ax, upright=True)
    ax.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")


def penalty_shape(radius: ArrayLike, power: int, num_points: int = 181) -> tuple[np.ndarray, np.ndarray]:
    """The border of ‖w‖₁ ≤ radius (power 1) or ‖w‖₂ ≤ radius (power 2): (...) -> x, y (..., num_points)."""
    angle = np.linspace(0, 2 * np.pi, num_points)
    border = np.stack([np.cos(angle), np.sin(angle)])
    border = border / (np.abs(border) ** power).sum(axis=0) ** (1 / power)
    outline = np.asarray(radius)[..., None, None] * border
    return outline[..., 0, :], outline[..., 1, :]


def descent_path(path: np.ndarray, *, ax: Axes) -> Line2D:
    """The steps of a descent on the map of two weights: (T, 2) -> the line, a dot a step."""
    (line,) = ax.plot(*np.asarray(path).T, color=INK, marker="o", markersize=5)
    return line
