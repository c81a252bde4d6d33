"""What live_figure.js draws: the picture of each layout, and the lines' points, which all layouts share."""

import json
import zlib

import numpy as np

from ..drawing import paint, small_png
from .svg_lines import DOUBLE, box, check_drawable, look, places, within_axes


def twins_in_order(figures, moving):
    """{key of moving: the line in every figure}, in the order in which matplotlib draws them."""
    twins = {key: key if isinstance(key, tuple) else (key,) for key in moving}
    for lines in twins.values():
        if len(lines) != len(figures):
            raise ValueError(
                f"moving must have a line of each of {len(figures)} figures as keys, got {lines}"
            )
    for one, *others in twins.values():
        if any(_scale(other.axes) != _scale(one.axes) for other in others):
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


def _scale(axes):
    return axes.get_xlim(), axes.get_ylim(), axes.get_xscale(), axes.get_yscale()


def layouts_and_lines(figures, twins, moving, picks):
    """The content that is drawn: layouts with their looks, lines with their places, and all points. From then
    on nothing in the figures shifts; where their drawing fails they are as they came.

    moving: {line: (x, y, shown)}; picks: {axes in every figure: [(number of the slider, its values) or None]
    for x and y}.
    """
    for figure in figures:
        figure.set_dpi(DOUBLE * figure.dpi)
    try:
        pictures = [
            _painted(figure, [lines[k] for lines in twins.values()]) for k, figure in enumerate(figures)
        ]
        lines, points = _lines_and_points(twins, moving)
        layouts = [_layout(k, *part, twins, picks) for k, part in enumerate(zip(figures, pictures))]
    except Exception:
        restore(figures)
        raise
    return {"layouts": layouts, "lines": lines, "points": points}


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


def _lines_and_points(twins, moving):
    """Where each line's numbers lie among all, with their scales, and all of them, packed."""
    arrays, lines = [], []
    for twin in twins.values():
        *data, shown = moving[twin[0]]
        (x, x_scale), (y, y_scale) = places(twin[0], *data, twin)
        entry = {}
        for name, part in {"x": x, "y": y, "shown": shown}.items():
            if part is not None:
                entry[name] = {"offset": sum(array.size for array in arrays), "shape": list(part.shape)}
                arrays.append(part.astype("<u2"))
        entry["x"]["scale"], entry["y"]["scale"] = x_scale, y_scale
        lines.append(entry)
    return lines, _packed(arrays)


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


def packed_words(readouts):
    """{label: (strings, colours)} as deflated JSON."""
    listed = [
        {"label": label, "shape": texts.shape, "texts": texts.ravel().tolist(), "colors": colors}
        for label, (texts, colors) in readouts.items()
    ]
    return zlib.compress(json.dumps(listed).encode(), 9)


def _packed(arrays):
    """uint16 arrays as one deflated run of changes from each number to the next."""
    numbers = np.concatenate([np.zeros(1, dtype="<u2"), *(array.ravel() for array in arrays)])
    return zlib.compress(np.diff(numbers).astype("<u2").tobytes(), 9)
