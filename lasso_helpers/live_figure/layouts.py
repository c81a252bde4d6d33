"""What live_figure.js draws: the picture of each layout, and the lines' points, which all layouts share."""

import json
import zlib

import numpy as np

from ..drawing import paint, small_png
from .stops import at_stop
from .svg_lines import DOUBLE, arrow_heads, box, check_drawable, look, places, within_axes

DEFLATE = 4  # 2 % larger than at 6, in half the time
FEW = 30  # points: such a line changes less from stop to stop of slider 1 than from point to point


def twins_in_order(figures, moving):
    """{key of moving: the line in every figure}, in the order in which matplotlib draws them."""
    twins = {key: key if isinstance(key, tuple) else (key,) for key in moving}
    for lines in twins.values():
        if len(lines) != len(figures):
            raise ValueError(
                f"moving must have a line of each of {len(figures)} figures as keys, got {lines}"
            )
    for one, *others in twins.values():
        if not all(_scaled_alike(one.axes, other.axes) for other in others):
            label = one.get_label()
            raise ValueError(f"narrow: line {label!r} must have the same limits and scales there")
    for k, figure in enumerate(figures):
        check_drawable(figure, [lines[k] for lines in twins.values()])
    axes = figures[0].axes
    children = {ax: ax.get_children() for ax in axes}

    def drawn(lines):
        line, ax = lines[0], lines[0].axes
        return ax.get_zorder(), axes.index(ax), line.get_zorder(), children[ax].index(line)

    return dict(sorted(twins.items(), key=lambda item: drawn(item[1])))


def _scaled_alike(one, other):
    limits = [(*axes.get_xlim(), *axes.get_ylim()) for axes in (one, other)]
    scales = [(axes.get_xscale(), axes.get_yscale()) for axes in (one, other)]
    return np.allclose(*limits, rtol=1e-9, atol=0) and scales[0] == scales[1]


def layouts_and_lines(figures, twins, moving, readouts, picks, arrows):
    """The content that is drawn: layouts with their looks, lines with their places, readouts with their
    words, and all points. From then on nothing in the figures shifts; where their drawing fails they are as
    they came.

    moving: {line: (x, y, shown)}; readouts: {label: (words, which of them, colours)}; picks: {axes in every
    figure: [(number of the slider, its values) or None] for x and y}; arrows: the twins that get them.
    """
    for figure in figures:
        figure.set_dpi(DOUBLE * figure.dpi)
    try:
        pictures = [
            _painted(figure, [lines[k] for lines in twins.values()]) for k, figure in enumerate(figures)
        ]
        points = _Points()
        lines = [_line(twin, moving[twin[0]], points) for twin in twins.values()]
        for entry, twin in zip(lines, twins.values()):
            entry["arrows"] = twin in arrows
        words = [_readout(label, *part, points) for label, part in readouts.items()]
        layouts = [_layout(k, *part, twins, picks) for k, part in enumerate(zip(figures, pictures))]
    except Exception:
        restore(figures)
        raise
    words = zlib.compress(json.dumps(words).encode(), DEFLATE)
    return {"layouts": layouts, "lines": lines, "readouts": words, "points": points.packed()}


def restore(figures):
    """The figures at the resolution they came with."""
    for figure in figures:
        figure.set_dpi(figure.dpi / DOUBLE)


def _painted(figure, lines):
    """The bytes of the picture without its moving lines."""
    try:
        for line in lines:
            line.set_visible(False)
        picture = small_png(paint(figure))  # this first drawing lays the figure out
    finally:
        for line in lines:
            line.set_visible(True)
    figure.set_layout_engine("none")
    return picture


class _Points:
    """uint16 arrays one after the other, packed as live_figure.js unpacks them."""

    def __init__(self):
        self.size, self.changes = 0, []

    def add(self, array):
        """Where the array lies: its offset, its shape, and how far back lies the number it changed from."""
        lag = array.size // array.shape[0] if array.shape[-1] <= FEW else 1
        change = array.astype("<u2").ravel()
        change[lag:] -= change[:-lag].copy()
        signed = change.view("<i2")
        self.changes.append(
            ((signed << 1) ^ (signed >> 15)).view("<u2")
        )  # small ones of either sign: 0 1 2 3
        entry = {"offset": self.size, "shape": list(array.shape), "lag": lag}
        self.size += array.size
        return entry

    def packed(self):
        """All low bytes, then all high ones, which are mostly 0, deflated."""
        numbers = np.concatenate([np.zeros(0, dtype="<u2"), *self.changes])
        return zlib.compress(np.ascontiguousarray(numbers.view("u1").reshape(-1, 2).T).tobytes(), DEFLATE)


def _line(twin, moving, points):
    """Where a line's numbers lie among all, with their scales."""
    *data, shown = moving
    (x, x_scale), (y, y_scale) = places(twin[0], *data, twin)
    entry = {name: points.add(part) for name, part in {"x": x, "y": y}.items()}
    entry["x"]["scale"], entry["y"]["scale"] = x_scale, y_scale
    return entry | ({} if shown is None else {"shown": points.add(shown)})


def _readout(label, words, which, colors, points):
    """A readout's words, and where it is said which of them stands at a stop, in two numbers."""
    number = np.stack([which >> 16, which & 0xFFFF], axis=-1)
    return {"label": label, "words": words, "colors": colors, "which": points.add(number)}


def off_the_frame(twins, moving, at):
    """{line: [(x, y, direction)]}, the arrows of the lines in `twins` at a stop, as in live_figure.js."""
    found = {}
    for line, *others in twins:
        x, y, shown = moving[line]
        count = None if shown is None else at_stop(shown, at)
        data = (at_stop(part, at)[:count] for part in (x, y))
        found[line] = arrow_heads(line, *data, [line, *others])
    return found


def _layout(k, figure, picture, twins, picks):
    width, height = (round(side / DOUBLE) for side in figure.bbox.size)
    return {
        "width": width,
        "height": height,
        "png": picture,
        "looks": [look(lines[k]) for lines in twins.values()],
        "picks": [
            {"box": box(axes[k]), "places": [_on_axis(axes[0], *on) for on in enumerate(sliders)]}
            for axes, sliders in picks.items()
        ],
    }


def _on_axis(axes, axis, slider):
    """A slider's values as shares of the axes, None where one has no place there."""
    if slider is None:
        return None
    number, values = slider
    shares = within_axes(axes, values, axis)
    return {"slider": number, "at": [float(share) if np.isfinite(share) else None for share in shares]}
