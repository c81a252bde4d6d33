"""A matplotlib line's data and looks as SVG has them."""

import numpy as np
from matplotlib.colors import to_hex

PER_PX = 16  # positions are whole sixteenths of a pixel ...
MARGIN = 1000  # ... from 1,000 px left of / above the picture; what lies further off is held there
NO_POINT = 65535  # a NaN or infinity: the line is interrupted


def lines_and_points(moving, height):
    """How each line looks and where its points lie, and all points as bytes: {line: (x, y) at every stop}."""
    lines, points, offset = [], [], 0
    for line, data in moving.items():
        look = _look(line, height)
        for name, places in zip("xy", _pixels(line, *data, height)):
            look[name] = {"offset": offset, "shape": list(places.shape)}
            points.append(places.tobytes())
            offset += places.size
        lines.append(look)
    return lines, b"".join(points)


def _pixels(line, x, y, height):
    """x and y in sixteenths of a pixel from the picture's top left corner, as uint16.

    Each of x and y is transformed on its own, as on any pair of straight axes.
    """
    for name, part in zip("xy", (x, y)):
        pair = np.zeros((part.size, 2))
        pair[:, :] = line.axes.viewLim.min  # any point a log axis can place
        pair[:, "xy".index(name)] = part.ravel()
        with np.errstate(all="ignore"):
            place = line.get_transform().transform(pair)[:, "xy".index(name)] / 2
        place = place if name == "x" else height - place
        held = np.clip((place + MARGIN) * PER_PX, 0, NO_POINT - 1)
        seen = np.isfinite(part.ravel()) & ~np.isnan(place)
        yield np.where(seen, np.rint(held), NO_POINT).astype("<u2").reshape(part.shape)


def _look(line, height):
    """What SVG must know of a Line2D, lengths in px."""
    px = line.get_figure(root=True).dpi / 2 / 72  # points to pixels
    left, bottom, width, tall = (side / 2 for side in line.axes.bbox.bounds)
    visible = line.get_linestyle() not in ("None", "", " ")
    _, dashes = line._dash_pattern  # matplotlib has no public name for the pattern in points
    return {
        "clip": [left, height - bottom - tall, width, tall],
        "color": _css_color(line.get_color()),
        "width": line.get_linewidth() * px if visible else 0,
        "dashes": [length * px for length in dashes or []],
        "radius": line.get_markersize() * px / 2 if line.get_marker() == "o" else 0,
        "face": _css_color(line.get_markerfacecolor()),
        "edge": _css_color(line.get_markeredgecolor()),
        "edgeWidth": line.get_markeredgewidth() * px,
    }


def _css_color(color):
    return "none" if isinstance(color, str) and color == "none" else to_hex(color, keep_alpha=True)
