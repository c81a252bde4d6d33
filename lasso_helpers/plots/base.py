"""Colours, the display of a finished figure, and what several pictures share."""

import io

import numpy as np
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator
from PIL import Image

TRAIN, TEST = "#0072B2", "#D55E00"
TRAIN_QUIET, TEST_QUIET = "#7FB8D8", "#EAAE7F"
INK, QUIET = "#222222", "#8A8A8A"
TRAIN_LOOK = {"color": TRAIN, "linewidth": 3.6}  # nothing is told by colour alone
TEST_LOOK = {"color": TEST, "linewidth": 1.9}
DASHES = ("-", "--", "-.", ":")  # of one feature after the other, beside their colours


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
