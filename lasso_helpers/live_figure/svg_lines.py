"""A matplotlib line's data and looks as SVG has them, for one or two layouts of the same lines.

Points are places within the axes, not within the picture, so that every layout draws the same ones. How a
line looks is what matplotlib itself asks of a renderer: `_Recorder` is one, and only writes it down.
"""

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.path import Path

PER_PX = 16  # places are whole sixteenths of a pixel of the largest layout, or finer
LAST = 65534  # the axes stand in the middle of 0 .. LAST; what lies further off is held at an end
NO_POINT = 65535  # a NaN or infinity: the line is interrupted
DOUBLE = 2  # a picture is painted at twice the resolution it is shown at
WIDEST = 3000  # px, which leaves more than 500 px of room beyond the axes
COMMANDS = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c", Path.CLOSEPOLY: "z"}


def check_drawable(figure, lines):
    """Raise ValueError, with line and property, for what SVG would draw in another way than matplotlib."""
    width, height = figure.bbox.size
    if max(width, height) > WIDEST:
        raise ValueError(f"figure must be at most {WIDEST} px wide and high, got {width:.0f} × {height:.0f}")
    for line in lines:
        asked = {
            "figure": (line.get_figure(root=True) is figure, "the figure given", line.get_figure(root=True)),
            "axes": (line.get_transform().is_separable, "straight ones", line.axes.name),
            "drawstyle": (line.get_drawstyle() == "default", "'default'", line.get_drawstyle()),
            "fillstyle": (line.get_fillstyle() in ("full", "none"), "'full' or 'none'", line.get_fillstyle()),
            "markevery": (line.get_markevery() is None, "None", line.get_markevery()),
            "gapcolor": (line.get_gapcolor() is None, "None", line.get_gapcolor()),
            "path_effects": (not line.get_path_effects(), "none", line.get_path_effects()),
        }
        for name, (is_drawn_alike, form, got) in asked.items():
            if not is_drawn_alike:
                raise ValueError(f"moving: {name} of line {line.get_label()!r} must be {form}, got {got!r}")


# Where the points lie


def places(line, x, y, layouts):
    """x and y of a line as uint16 within its axes, and their scales: (places, (steps a side, zero)) of each.

    layouts: the line in every layout. Each of x and y is transformed on its own, as the axes are straight.
    """
    sides = np.max([twin.axes.bbox.size / DOUBLE for twin in layouts], axis=0)
    for axis, (part, side) in enumerate(zip((x, y), sides)):
        steps = min(int(np.ceil(PER_PX * side)), LAST)
        zero = (LAST - steps) // 2
        yield _coded(line, part, axis, steps, zero), (steps, zero)


def _coded(line, part, axis, steps, zero):
    share = within_axes(line.axes, part.ravel(), axis, line.get_transform())
    held = np.clip(np.rint(zero + steps * np.nan_to_num(share)), 0, LAST)
    seen = np.isfinite(part.ravel()) & ~np.isnan(share)
    return np.where(seen, held, NO_POINT).astype("<u2").reshape(part.shape)


def within_axes(axes, values, axis, transform=None):
    """Where values on the x (axis 0) or y (1) of axes lie: 0 at one end, 1 at the other; (K,) -> (K,)."""
    pair = np.zeros((len(values), 2))
    pair[:, :] = axes.viewLim.min  # any point a log axis can place
    pair[:, axis] = values
    with np.errstate(all="ignore"):
        place = (transform or axes.transData).transform(pair)
        return axes.transAxes.inverted().transform(place)[:, axis]


def box(axes):
    """Left, top, width and height of some axes, in px of the picture as it is shown."""
    left, bottom, width, height = axes.bbox.bounds
    top = axes.get_figure(root=True).bbox.height - bottom - height
    return [part / DOUBLE for part in (left, top, width, height)]


# How it looks


class _Recorder(RendererBase):
    """Draws nothing, and keeps how a line would be drawn. Lengths are points."""

    def __init__(self, scale):
        super().__init__()
        self.scale, self.look = scale, {"width": 0, "marker": ""}

    def draw_path(self, gc, path, transform, rgbFace=None):
        offset, dashes = gc.get_dashes()
        self.look |= {
            "color": _css_color(gc.get_rgb()),
            "width": gc.get_linewidth() * self.scale,
            "dashes": [length * self.scale for length in (dashes if dashes is not None else [])],
            "dashOffset": (offset or 0) * self.scale,
            "cap": {"projecting": "square"}.get(gc.get_capstyle(), gc.get_capstyle()),
            "join": gc.get_joinstyle(),
        }

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        self.look |= {
            "marker": _svg_path(marker_path.transformed(marker_trans), PER_PX * self.scale),
            "face": _css_color(rgbFace) if rgbFace is not None and rgbFace[3] else "none",
            "edge": _css_color(gc.get_rgb()),
            "edgeWidth": gc.get_linewidth() * self.scale,
            "edgeJoin": gc.get_joinstyle(),
        }


def look(line):
    """What SVG must know of a Line2D, lengths in px as they are shown."""
    px_per_point = line.get_figure(root=True).dpi / DOUBLE / 72
    recorder, data = _Recorder(px_per_point), line.get_data(orig=True)
    line.set_data(*line.axes.viewLim.get_points().T)  # two points that any axis can place
    line.draw(recorder)
    line.set_data(*data)
    return recorder.look | {"box": box(line.axes), "clip": line.get_clip_on()}


def _svg_path(path, scale):
    """A path around the point at which it is put, in SVG's relative commands."""
    parts, here, start = [], np.zeros(2), np.zeros(2)
    for vertices, code in path.iter_segments(simplify=False):
        points = np.reshape(vertices, (-1, 2)) * (scale, -scale)
        numbers = [] if code == Path.CLOSEPOLY else (points - here).ravel()
        parts.append(COMMANDS[code] + " ".join(f"{number:.2f}" for number in numbers))
        start = points[-1] if code == Path.MOVETO else start
        here = start if code == Path.CLOSEPOLY else points[-1]
    return "".join(parts)


def _css_color(color):
    return to_hex(color, keep_alpha=True)
