"""A matplotlib line's data and looks as SVG has them."""

import numpy as np
from matplotlib.colors import to_hex, to_rgba

PER_PX = 16  # positions are whole sixteenths of a pixel ...
MARGIN = 1000  # ... from 1,000 px left of / above the picture; what lies further off is held there
NO_POINT = 65535  # a NaN or infinity: the line is interrupted


WIDEST = NO_POINT // PER_PX - MARGIN - 1  # px that such positions reach


def check_drawable(figure, lines):
    """Raise ValueError, with line and property, for what SVG would draw in another way than matplotlib."""
    width, height = figure.bbox.size
    if max(width, height) > WIDEST:
        raise ValueError(f"figure must be at most {WIDEST} px wide and high, got {width:.0f} × {height:.0f}")
    for line in lines:
        asked = {
            "figure": (line.get_figure(root=True) is figure, "the figure given", line.get_figure(root=True)),
            "axes": (line.axes.name == "rectilinear", "straight ones", line.axes.name),
            "marker": (line.get_marker() in ("o", "None", None, "", " "), "'o' or none", line.get_marker()),
            "drawstyle": (line.get_drawstyle() == "default", "'default'", line.get_drawstyle()),
            "fillstyle": (line.get_fillstyle() == "full", "'full'", line.get_fillstyle()),
            "markevery": (line.get_markevery() is None, "None", line.get_markevery()),
        }
        for name, (is_drawn_alike, form, got) in asked.items():
            if not is_drawn_alike:
                raise ValueError(f"moving: {name} of line {line.get_label()!r} must be {form}, got {got!r}")


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
        "color": _css_color(line.get_color(), line.get_alpha()),
        "width": line.get_linewidth() * px if visible else 0,
        "dashes": [length * px for length in dashes or []],
        "radius": line.get_markersize() * px / 2 if line.get_marker() == "o" else 0,
        "face": _css_color(line.get_markerfacecolor(), line.get_alpha()),
        "edge": _css_color(line.get_markeredgecolor(), line.get_alpha()),
        "edgeWidth": line.get_markeredgewidth() * px,
    }


def _css_color(color, alpha):
    if isinstance(color, str) and color == "none":
        return "none"
    return to_hex(to_rgba(color, alpha), keep_alpha=True)
