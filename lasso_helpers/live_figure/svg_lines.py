"""A matplotlib line's data and looks as SVG has them, for one or two layouts of the same lines.

Points are places within the axes, not within the picture, so that every layout draws the same ones. How a
line looks is what matplotlib itself asks of a renderer: `_Recorder` is one, and only writes it down.
"""

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

PER_PX = 16  # SVG's unit is a sixteenth of a pixel
STEPS, STEPS_OF_MARKS = 8, 4  # places are whole eighths of a pixel of the largest layout, a mark's quarters
OUT_OF_SIGHT = (
    25  # px beyond the axes, where no mark is seen any more; one that lies further off is held there
)
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
        steps = min(int(np.ceil(_per_px(line) * side)), LAST)
        zero = (LAST - steps) // 2
        yield _coded(line, part, axis, steps, zero), (steps, zero)


def _is_marks(line):
    return line.get_linestyle() == "None"


def _per_px(line):
    return STEPS_OF_MARKS if _is_marks(line) else STEPS


def _coded(line, part, axis, steps, zero):
    share = within_axes(line.axes, part.ravel(), axis, line.get_transform())
    room = STEPS_OF_MARKS * OUT_OF_SIGHT if _is_marks(line) else LAST
    ends = max(zero - room, 0), min(zero + steps + room, LAST)
    held = np.clip(np.rint(zero + steps * np.nan_to_num(share)), *ends)
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


# What lies off the frame

ARROW = 13  # px, from its point, which touches the edge, to its foot
HALF_FOOT = 7  # px
BEYOND = 1  # px: what lies nearer is on the edge


def arrow_heads(line, x, y, layouts):
    """Where arrows stand for what a line has beyond its axes: [(x, y, "left", "right", "down" or "up")], as
    shares of the axes. Of a line that is markers alone each point beyond has one; a stroke has one where it
    leaves for good. x, y (points,)."""
    side = np.max([twin.axes.bbox.size / DOUBLE for twin in layouts], axis=0)
    coded = list(places(line, x, y, layouts))
    place = np.stack([(codes.astype(float) - zero) / steps for codes, (steps, zero) in coded], axis=1)
    place[(np.stack([codes for codes, _ in coded]) == NO_POINT).any(axis=0)] = np.nan
    place = place[np.isfinite(place).all(axis=1)] * side
    beyond = np.maximum(-place, place - side)  # px, for x and y
    outside = (beyond > BEYOND).any(axis=1)
    if _is_marks(line):
        return [
            _head(np.clip(point, 0, side) / side, point, far)
            for point, far in zip(place[outside], beyond[outside])
        ]
    if not outside[-1:].any():
        return []
    last, inside = place[-1], np.flatnonzero(~outside)
    if not len(inside):
        return [_head(np.clip(last, 0, side) / side, last, beyond[-1])]
    here, there = place[inside[-1]], place[inside[-1] + 1]
    edge = np.where(there < 0, 0, side)
    with np.errstate(all="ignore"):
        way = np.where(beyond[inside[-1] + 1] > BEYOND, (edge - here) / (there - here), np.inf)
    return [_head((here + way.min() * (there - here)).clip(0, side) / side, there, -way)]


def _head(at, point, far):
    axis = int(np.argmax(far))
    return (*at, (("left", "right"), ("down", "up"))[axis][int(point[axis] > 0)])


def draw_arrow(axes, head, color):
    """An arrow at the edge of the axes, pointing out: head (x, y, direction) -> the artist."""
    x, y, direction = head
    turn = {"up": 0, "left": 90, "down": 180, "right": 270}[direction]
    shape = Path([(0, 0), (-HALF_FOOT, -ARROW), (HALF_FOOT, -ARROW), (0, 0)], closed=True)
    marker = shape.transformed(Affine2D().rotate_deg(turn))
    size = 2 * ARROW * 72 * DOUBLE / axes.get_figure(root=True).dpi  # matplotlib scales a path to half of it
    look = {"markersize": size, "color": color, "markeredgewidth": 0, "clip_on": False, "zorder": 10}
    return axes.add_artist(Line2D([x], [y], marker=marker, transform=axes.transAxes, **look))


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
    about = {"box": box(line.axes), "clip": line.get_clip_on(), "arrow": _css_color(line.get_color())}
    return recorder.look | about


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
