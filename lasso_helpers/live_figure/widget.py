"""A matplotlib figure whose lines follow sliders: painted once in Python, moved in the browser.

Everything that can be seen at any stop of the sliders is computed beforehand. The figure without its
moving lines becomes one PNG; the lines become pixels by matplotlib's own transforms, and a small
script (overlay.js) draws those of the present stop as SVG over it. No message waits for the
kernel, so a slider is as quick on a distant server, or after the kernel is gone.
"""

import weakref
from pathlib import Path

import anywidget
import ipywidgets
import numpy as np
import traitlets
from IPython.display import display
from matplotlib import rc_context, rcParams

from ..drawing import paint, small_png
from .cells import close_what_this_cell_had
from .svg_lines import check_drawable, lines_and_points


class Overlay(anywidget.AnyWidget):
    """The picture and its moving lines, as overlay.js reads them. Python only writes here."""

    _esm = Path(__file__).with_name("overlay.js")
    _css = Path(__file__).with_name("overlay.css")
    first = traitlets.Int(0).tag(sync=True)  # the stop of each slider
    second = traitlets.Int(0).tag(sync=True)
    start = traitlets.List().tag(sync=True)  # where Reset goes
    size = traitlets.List().tag(sync=True)  # width and height in px
    picture = traitlets.Bytes().tag(sync=True)
    points = traitlets.Bytes().tag(sync=True)  # uint16, every line's x and y at every stop
    lines = traitlets.List().tag(sync=True)  # how each looks, and where its points lie
    status = traitlets.List().tag(sync=True)  # nested lists of strings
    presets = traitlets.List().tag(sync=True)  # [name, stops] each


_open = weakref.WeakSet()  # the LiveFigures that hold a figure


class LiveFigure:
    """A figure under one or two sliders.

    figure: a matplotlib figure, finished but for its moving lines
    sliders: {label: values}, one or two; the values are numbers
    moving: {Line2D: y or (x, y)}, the line's data at every stop, as arrays (stops of slider 1, stops
        of slider 2, points), with one slider (stops, points); an axis of size 1 does not depend on
        that slider. Without an x the line keeps its own. NaN interrupts a line. Axes are straight;
        lines may have round, full markers; a dashed one must stay in the picture (matplotlib cuts what
        leaves it before it sets dashes, SVG after); all lie above everything that does not move.
    status: strings (stops of slider 1, stops of slider 2), likewise
    presets: {name: indices}, the named positions; initial: indices to open at, (0, 0) by default

    Raises ValueError for no values, two that read alike, other shapes, indices that are no stop, a line
    that SVG would draw in another way, a figure of more than 3,094 px or one that another open LiveFigure
    holds. Shown in a cell, it is
    the live picture where a live front end is, and its snapshot elsewhere. The figure belongs to it
    from then on. Run again, a cell closes what it had opened before.
    """

    def __init__(self, figure, sliders, moving, status, presets=None, initial=None):
        if not isinstance(sliders, dict) or len(sliders) not in (1, 2):
            raise ValueError(f"sliders must be a dict of one or two {{label: values}}, got {sliders!r}")
        self._slider_values = [_values(label, values) for label, values in sliders.items()]
        self._stops = tuple(len(values) for values in self._slider_values)
        self._status = _by_stop("status", status, self._stops).astype(str)
        lines = _as_drawn(figure, moving)
        self._moving = {line: _line_data(line, moving[line], self._stops) for line in lines}
        presets = {name: self._indices(f"presets[{name!r}]", at) for name, at in (presets or {}).items()}
        initial = self._indices("initial", initial or (0,) * len(self._stops))

        self._figure = figure
        _open.add(self)
        # matplotlib places ticks by the style in force when it draws: every drawing takes the one of now.
        self._style = {name: rcParams[name] for name in rcParams if not name.startswith("backend")}
        self._sliders = [_slider(*named, index) for named, index in zip(sliders.items(), initial)]
        self._overlay = self._make_overlay(presets, initial)
        links = [
            ipywidgets.jslink((slider, "index"), (self._overlay, name))
            for slider, name in zip(self._sliders, ("first", "second"))
        ]
        self._box = ipywidgets.VBox([*self._sliders, self._overlay], layout=ipywidgets.Layout(width="100%"))
        self._box.add_class("live-figure")
        self._widgets = [*links, *self._sliders, self._overlay, self._box]
        close_what_this_cell_had(self)

    @property
    def values(self):
        """The sliders' present values, a tuple of one or two."""
        return tuple(values[slider.index] for values, slider in zip(self._slider_values, self._sliders))

    def snapshot(self, *indices):
        """matplotlib's picture at these stops (by default the present ones), as the bytes of a PNG."""
        at = self._indices("indices", indices or [slider.index for slider in self._sliders])
        for line, (x, y) in self._moving.items():
            # Copies: a view would keep the data of all stops alive as long as the figure.
            line.set_data(x[_pick(x, at)].copy(), y[_pick(y, at)].copy())
        with rc_context(self._style):
            return small_png(paint(self._figure))

    def close(self):
        """Close every widget and let go of the data; the slider values stay readable."""
        for widget in self._widgets:
            for part in (getattr(widget, "style", None), getattr(widget, "layout", None), widget):
                if isinstance(part, ipywidgets.Widget):
                    part.close()
        self._overlay.set_trait("picture", b"")
        self._overlay.set_trait("points", b"")
        self._overlay.set_trait("status", [])
        self._widgets, self._moving, self._figure = [], {}, None
        _open.discard(self)
        self._status = np.array([[""]])

    def _ipython_display_(self):
        if self._figure is None:
            raise RuntimeError("this LiveFigure is closed: make a new one to show it")
        # Two outputs: the widget, whose text holds the numbers; then the snapshot, which the
        # overlay's CSS hides wherever the widget lives.
        at = [slider.index for slider in self._sliders]
        text = str(self._status[_pick(self._status, at)])
        view = {"version_major": 2, "version_minor": 0, "model_id": self._box.model_id}
        display({"application/vnd.jupyter.widget-view+json": view, "text/plain": text}, raw=True)
        width, height = self._overlay.size
        display(
            {"image/png": self.snapshot()},
            raw=True,
            metadata={"image/png": {"width": width, "height": height, "alt": text}},
        )

    def _indices(self, name, at):
        at = tuple(at)
        are_whole = all(isinstance(i, (int, np.integer)) for i in at)
        if (
            len(at) != len(self._stops)
            or not are_whole
            or not all(0 <= i < s for i, s in zip(at, self._stops))
        ):
            raise ValueError(f"{name} must be an index for each slider, below {self._stops}, got {at}")
        return tuple(int(i) for i in at)

    def _make_overlay(self, presets, initial):
        # Painted at twice the resolution it is shown at. This first drawing lays the figure out;
        # from then on nothing may shift.
        width, height = (round(side) for side in self._figure.bbox.size)
        self._figure.set_dpi(2 * self._figure.dpi)
        for line in self._moving:
            line.set_visible(False)
        picture = small_png(paint(self._figure))
        for line in self._moving:
            line.set_visible(True)
        self._figure.set_layout_engine("none")
        lines, points = lines_and_points(self._moving, height)
        first, second = (*initial, 0)[:2]
        status = self._status.reshape(len(self._status), -1).tolist()
        return Overlay(
            first=first,
            second=second,
            start=list(initial),
            size=[width, height],
            picture=picture,
            points=points,
            lines=lines,
            status=status,
            presets=[[name, list(at)] for name, at in presets.items()],
        )


def _as_drawn(figure, lines):
    """The lines in the order in which matplotlib draws them, if this figure and they can be moved."""
    if any(figure is live._figure for live in _open):
        raise ValueError("figure must be no other open LiveFigure's: close that one first")
    check_drawable(figure, lines)
    return sorted(lines, key=lambda line: (line.get_zorder(), line.axes.get_children().index(line)))


def _slider(label, values, index):
    return ipywidgets.SelectionSlider(
        description=label,
        options=[(f"{value:g}", value) for value in values],
        index=index,
        layout=ipywidgets.Layout(width="100%"),
        style={"description_width": "11em"},
    )


def _values(label, values):
    values = np.asarray(values)
    if values.ndim != 1 or values.size == 0 or values.dtype.kind not in "iuf":
        raise ValueError(f"sliders[{label!r}] must be a list of one number or more, got {values.tolist()!r}")
    shown = [f"{value:g}" for value in values]
    if len(set(shown)) < len(shown):
        twice = next(text for text in shown if shown.count(text) > 1)
        raise ValueError(f"sliders[{label!r}] must hold values that read differently, got {twice} twice")
    return values.tolist()


def _by_stop(name, array, stops):
    """`array` if its leading axes are the sliders' stops, or 1 where it does not depend on one."""
    array = np.asarray(array)
    if array.ndim < len(stops) or any(size not in (1, s) for size, s in zip(array.shape, stops)):
        raise ValueError(
            f"{name} must have shape {stops} over the sliders, or 1 in place of a number, got {array.shape}"
        )
    return array


def _line_data(line, data, stops):
    x, y = data if isinstance(data, tuple) else (np.asarray(line.get_xdata())[(None,) * len(stops)], data)
    x = _by_stop("moving x", np.asarray(x, dtype=float), stops)
    y = _by_stop("moving y", np.asarray(y, dtype=float), stops)
    if x.ndim != len(stops) + 1 or x.ndim != y.ndim or x.shape[-1] != y.shape[-1]:
        raise ValueError(
            f"moving must hold arrays of shape {(*stops, 'points')} with as many points in x "
            f"as in y, got {x.shape} and {y.shape}"
        )
    return x, y


def _pick(array, at):
    """The index of the stops `at` in an array whose axes may be 1."""
    return tuple(i if size > 1 else 0 for i, size in zip(at, array.shape))
