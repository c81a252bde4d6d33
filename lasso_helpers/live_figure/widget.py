"""A matplotlib figure whose lines follow sliders: painted once in Python, moved in the browser.

Everything that can be seen at any stop of the sliders is computed beforehand. The figure without its
moving lines becomes one PNG; the lines become places within their axes by matplotlib's own transforms, and
live_figure.js draws those of the present stop as SVG over it. No message waits for the kernel, so a slider
is as quick on a distant server, or after the kernel is gone.
"""

import io
import sys
import weakref
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from IPython import get_ipython
from IPython.display import display
from matplotlib import rc_context, rcParams
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from numpy.typing import ArrayLike
from PIL import Image, ImageDraw, ImageFont

from ..drawing import paint, small_png
from . import stops as at_stops
from .cells import close_what_this_cell_had
from .layouts import layouts_and_lines, off_the_frame, restore, twins_in_order
from .svg_lines import DOUBLE, draw_arrow

VIEW = "application/vnd.jupyter.widget-view+json"  # what a front end draws a widget from
CAPTION = 22  # px above a snapshot that stands in a cell
HOW_SLIDERS_COME = "▶ Run this cell (Shift+Enter), and its sliders come."

_open: weakref.WeakSet = weakref.WeakSet()  # the LiveFigures that hold a figure


class LiveFigure(anywidget.AnyWidget):
    """A figure under one, two or three sliders: one widget, which can stand in boxes and tabs, be linked
    (`ipywidgets.jslink((a, "stops"), (b, "stops"))`), observed, and moved: `live.stops = (3, 5)`.

    figure: a matplotlib figure, finished but for its moving lines
    sliders: {label: values}, one to three; the values are numbers
    moving: {Line2D: y or (x, y) or (x, y, shown)}, the line's data at every stop, as arrays (stops of slider
        1, stops of slider 2, ..., points); an axis of size 1 does not depend on that slider. Without an x the
        line keeps its own. NaN interrupts a line. shown, (stops of slider 1, ...): how many of the points are
        drawn. Axes are straight; a dashed line must stay in the picture (matplotlib cuts what leaves it
        before it sets dashes, SVG after); all lie above everything that does not move.
    readouts: {label: strings (stops of slider 1, ...)}, likewise; as (strings, {word: colour}) one is a badge
    presets: {name: indices}, the named positions; initial: indices to open at, the first stops by default
    marks: {slider: {name: value}}, ticks on its track; as (value, colour) the track beyond has the colour. In
        names and labels λ_max has its subscript
    play: the slider that has a ▶ and runs by itself when it is pressed
    pick: {axes: slider, or (slider for x, slider for y)}: a press or a drag inside the axes moves the sliders
        to the values nearest to the pointer; None leaves a direction out
    narrow: a second figure for narrow pages. The keys of moving, and of pick, are then pairs: the line of
        `figure`, the same line of `narrow`, with the same limits and scales
    arrows: keys of moving whose points beyond their axes are shown by arrows at the edge. A line of markers
        has one for each such point; a stroke has one where it leaves for good

    `stops` are the sliders' indices (out of range they are clamped), `values` their values.

    Raises ValueError for no values, two that read alike, other shapes, indices that are no stop, a line
    that SVG would draw in another way, a figure of more than 3,000 px or one that another open LiveFigure
    holds. Shown in a cell, it is the live picture where a live front end is, and its snapshot elsewhere; a
    box that holds it has no snapshot. The figure belongs to it from then on. Run again, a cell closes what it
    had opened before.
    """

    _esm = Path(__file__).with_name("live_figure.js")
    _css = Path(__file__).with_name("live_figure.css")
    stops = traitlets.Any().tag(sync=True)
    content = traitlets.Dict().tag(sync=True)  # all that live_figure.js draws

    _figures: Sequence[Figure] = ()  # none: closed
    _style: dict | None = None
    _said = None  # the stops that a message of the browser brings

    def __init__(
        self,
        figure: Figure,
        sliders: Mapping[str, ArrayLike],
        moving: Mapping[Any, Any],
        readouts: Mapping[str, Any],
        presets: Mapping[str, Sequence[int]] | None = None,
        initial: Sequence[int] | None = None,
        marks: Mapping[str, Mapping[str, Any]] | None = None,
        play: str | None = None,
        pick: Mapping[Any, Any] | None = None,
        narrow: Figure | None = None,
        arrows: Collection[Any] = (),
    ) -> None:
        close_what_this_cell_had(self)  # first, as the figure may be theirs
        if not isinstance(sliders, dict) or len(sliders) not in (1, 2, 3):
            raise ValueError(f"sliders must be a dict of one to three {{label: values}}, got {sliders!r}")
        self._sliders = {label: at_stops.slider_values(label, values) for label, values in sliders.items()}
        self._counts = tuple(len(values) for values, _ in self._sliders.values())
        self._readouts = at_stops.readouts(readouts, self._counts)
        figures = [figure] if narrow is None else [figure, narrow]
        if any(live._holds(part) for live in _open for part in figures):
            raise ValueError("figure must be no other open LiveFigure's: close that one first")
        twins = twins_in_order(figures, moving)
        self._moving = {
            lines[0]: at_stops.line_data(lines[0], moving[key], self._counts) for key, lines in twins.items()
        }
        self._initial = self._indices("initial", (0,) * len(self._counts) if initial is None else initial)
        self._with_arrows = _with_arrows(twins, set(arrows))
        about, picks = self._about(presets or {}, marks or {}, play), self._picks(pick or {}, len(figures))

        # matplotlib places ticks by the style in force when it draws: every drawing takes the one of now.
        self._style = {name: rcParams[name] for name in rcParams if not name.startswith("backend")}
        _take_from_pyplot(figures)  # which puts back the resolution they were made with
        drawn = layouts_and_lines(figures, twins, self._moving, self._readouts, picks, self._with_arrows)
        self._figures = figures
        _open.add(self)
        super().__init__(stops=self._initial, content=about | drawn)

    @property
    def values(self) -> tuple[float, ...]:
        """The sliders' present values, a tuple."""
        return tuple(values[i] for (values, _), i in zip(self._sliders.values(), self._within(self.stops)))

    def snapshot(self, *indices: int) -> bytes:
        """matplotlib's picture at these stops (by default the present ones), as the bytes of a PNG."""
        if not self._figures:
            raise RuntimeError("this LiveFigure is closed: make a new one to draw it")
        at = self._indices("indices", indices) if indices else self._within(self.stops)
        for line, (x, y, shown) in self._moving.items():
            count = None if shown is None else at_stops.at_stop(shown, at)
            # Copies: a view would keep the data of all stops alive as long as the figure.
            line.set_data(*(at_stops.at_stop(part, at)[:count].copy() for part in (x, y)))
        arrows = [
            draw_arrow(line.axes, head, line.get_color())
            for line, heads in off_the_frame(self._with_arrows, self._moving, at).items()
            for head in heads
        ]
        try:
            with rc_context(self._style):
                return small_png(paint(self._figures[0]))
        finally:
            for arrow in arrows:
                arrow.remove()

    def close(self) -> None:
        """Close the widget and let go of the data; the slider values stay readable."""
        if self.comm is not None:
            self.layout.close()
        super().close()
        if self._figures:
            self.content = {}
            restore(self._figures)
            self._moving, self._readouts, self._figures, self._style = {}, {}, (), None
            self._with_arrows = []
            _open.discard(self)

    def __repr__(self):
        return self._sentence(self._within(self.stops)) if self._figures else "closed LiveFigure"

    def set_state(self, sync_data):
        """What the browser says: its stops may be another explorer's, linked to this one, and are kept as
        they are. Clamped they would come back to the browser, and move that explorer too."""
        said = {name: value for name, value in sync_data.items() if name != "stops"}
        at = sync_data.get("stops")
        if isinstance(at, list) and all(isinstance(i, int) for i in at):  # a link may bring what is no stop
            self._said = (*at, *self.stops[len(at) :])
            said["stops"] = list(self._said)
        try:
            super().set_state(said)
        finally:
            self._said = None

    @traitlets.validate("stops")
    def _valid_stops(self, proposal):
        if self._said is not None and list(proposal["value"]) == list(self._said):
            return self._said
        return self._within(at_stops.whole("stops", proposal["value"], self._counts))

    def _within(self, at):
        return tuple(min(max(i, 0), count - 1) for i, count in zip(at, self._counts))

    def _indices(self, name, at):
        return at_stops.indices(name, at, self._counts)

    def _sentence(self, at):
        """All that is said at a stop: what nbval compares, and what a screen reader hears."""
        shown = [f"{label} = {texts[i]}" for (label, (_, texts)), i in zip(self._sliders.items(), at)]
        read = [f"{label}: {at_stops.word_at(part, at)}" for label, part in self._readouts.items()]
        return " · ".join(shown + read)

    def _ipython_display_(self):
        if not self._figures:
            raise RuntimeError("this LiveFigure is closed: make a new one to show it")
        text, about = repr(self), self.content["layouts"][0]
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        widget = {VIEW: view, "text/plain": text}
        size = {"width": about["width"], "height": about["height"] + CAPTION, "alt": text}
        picture = {"image/png": _captioned(self.snapshot())}
        metadata = {"image/png": size, "needs_background": "light"}  # by which the CSS knows the snapshot
        if _shows_one_output_only():
            return display(widget | picture, raw=True, metadata=metadata)
        # Two outputs: the widget, whose text holds the numbers; then the snapshot, which the CSS hides
        # wherever the widget lives.
        display(widget, raw=True)
        display(picture, raw=True, metadata=metadata)

    def _about(self, presets, marks, play):
        """The part of the content that is no picture."""
        for name, label in (("play", play), *(("marks", label) for label in marks)):
            if label is not None and label not in self._sliders:
                raise ValueError(f"{name} must name one of the sliders {list(self._sliders)}, got {label!r}")
        presets = {name: self._indices(f"presets[{name!r}]", at) for name, at in presets.items()}
        return {
            "sliders": [
                {
                    "label": label,
                    "values": texts,
                    "marks": at_stops.mark_places(label, marks.get(label, {}), values),
                }
                for label, (values, texts) in self._sliders.items()
            ],
            "start": list(self._initial),
            "presets": [[name, list(at)] for name, at in presets.items()],
            "playable": None if play is None else list(self._sliders).index(play),
        }

    def _picks(self, pick, num_figures):
        """{axes in every figure: [(number of the slider, its values) or None] for x and y}."""
        picks, labels = {}, list(self._sliders)
        for axes, names in pick.items():
            axes, names = (
                axes if isinstance(axes, tuple) else (axes,),
                names if isinstance(names, tuple) else (names, None),
            )
            if len(axes) != num_figures or len(names) != 2 or not {*names} <= {*labels, None}:
                raise ValueError(
                    f"pick must hold axes of each figure and one or two of {labels}, got {axes}: {names}"
                )
            picks[axes] = [name and (labels.index(name), self._sliders[name][0]) for name in names]
        return picks

    def _holds(self, figure):
        return any(figure is own for own in self._figures)


def _captioned(png):
    """A snapshot under a line that says how its sliders come: what stands in a notebook that was not run."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    whole = Image.new("RGB", (image.width, image.height + DOUBLE * CAPTION), "white")
    whole.paste(image, (0, DOUBLE * CAPTION))
    font = ImageFont.truetype(findfont("DejaVu Sans"), 17 * DOUBLE)
    ImageDraw.Draw(whole).text((8 * DOUBLE, 0), HOW_SLIDERS_COME, fill="#0b5394", font=font)
    return small_png(whole)


def _with_arrows(twins, keys):
    """The twins of these keys of moving."""
    if not keys <= set(twins):
        raise ValueError(f"arrows must hold keys of moving, got {keys - set(twins)}")
    return [twins[key] for key in twins if key in keys]


def _take_from_pyplot(figures):
    """pyplot keeps every figure it has made, and would show it a second time."""
    if "matplotlib.pyplot" in sys.modules:
        for figure in figures:
            sys.modules["matplotlib.pyplot"].close(figure)


def _shows_one_output_only():
    """VS Code and Colab know no rule that hides the second of two outputs."""
    return "google.colab" in sys.modules or "__vsc_ipynb_file__" in getattr(get_ipython(), "user_ns", {})
