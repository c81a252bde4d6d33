import io
import itertools
import json
import re
import sys
import types
import zlib

import ipywidgets
import numpy as np
import pytest
import traitlets
from matplotlib import pyplot, style
from matplotlib.figure import Figure
from matplotlib.markers import MarkerStyle
from PIL import Image

from lasso_helpers import LiveFigure
from lasso_helpers.live_figure import cells
from lasso_helpers.live_figure import widget as live_widget
from lasso_helpers.live_figure.layouts import off_the_frame
from reading import NO_POINT, held, pixels, unpacked


def simple(x_values=(0, 1, 2), y_values=(1, 10), log=False, **options):
    """A figure with one line of three points, whose height is its two sliders' product."""
    figure = Figure(figsize=(4, 3), dpi=100)
    ax = figure.subplots()
    (line,) = ax.plot([0, 1, 2], [1, 2, 3])
    ax.set(xlim=(0, 2), ylim=(0.5, 40))
    if log:
        ax.set_yscale("log")
    height = np.multiply.outer(np.asarray(x_values), np.asarray(y_values))[..., None] + np.ones(3)
    readouts = {"product": [[f"{x * y}" for y in y_values] for x in x_values]}
    sliders = {"x": x_values, "y": y_values}
    return LiveFigure(figure, sliders, {line: height}, readouts, **options), line, height


def one_line(*shape, points=3, **looks):
    """A figure with one line, zeros for its data at every stop, and the sliders of so many stops."""
    figure = Figure(figsize=(4, 3), dpi=100)
    (line,) = figure.subplots().plot(range(points), range(points), **looks)
    sliders = {name: list(range(size)) for name, size in zip("abc", shape)}
    return figure, line, sliders, np.zeros((*shape, points))


def test_values_are_the_sliders_and_python_moves_them():
    live, *_ = simple(initial=(2, 1))
    assert live.stops == (2, 1) and live.values == (2, 10)
    live.stops = [1, np.int64(0)]
    assert live.stops == (1, 0) and live.values == (1, 1)


def test_a_stop_beyond_the_range_is_clamped():
    live, *_ = simple()
    live.stops = (99, -3)
    assert live.stops == (2, 0) and live.values == (2, 1)


def test_what_a_longer_explorer_says_through_a_link_is_read_at_the_last_stop_and_not_sent_back():
    live, *_ = simple(initial=(0, 1))
    sent = []
    live.send_state = sent.append
    live.set_state({"stops": [7]})  # one slider fewer, and a stop that is not here
    assert live.values == (2, 10) and "x = 2 · y = 10" in repr(live)
    assert live.stops == (7, 1)


def test_python_is_clamped_after_the_browser_has_spoken_too():
    live, *_ = simple()
    live.set_state({"stops": [1, 1]})
    live.stops = (99, -3)
    assert live.stops == (2, 0)


@pytest.mark.parametrize("stops", [(1,), (0, 0.5), "ab", (0, 1, 0)])
def test_moved_to_what_is_no_stop_it_says_so_and_stays(stops):
    live, *_ = simple(initial=(1, 1))
    with pytest.raises(ValueError, match="stops must be an index for each slider"):
        live.stops = stops
    assert live.stops == (1, 1)


def test_it_is_observed_and_linked():
    one, two = simple()[0], simple()[0]
    seen = []
    one.observe(lambda change: seen.append(change["new"]), "stops")
    traitlets.link((one, "stops"), (two, "stops"))
    two.stops = (2, 1)
    assert seen == [(2, 1)] and one.values == (2, 10)
    assert isinstance(one, ipywidgets.DOMWidget) and ipywidgets.VBox([one, two]).children == (one, two)


def test_it_opens_at_its_initial_stop_and_resets_to_it():
    live, *_ = simple(initial=(2, 1))
    assert live.stops == (2, 1) and live.content["start"] == [2, 1]


def test_its_text_is_one_sentence_of_sliders_and_readouts():
    live, *_ = simple(initial=(2, 1))
    assert repr(live) == "x = 2 · y = 10 · product: 20"
    assert repr(live) in repr(ipywidgets.VBox([live]))  # what nbval compares where it stands in a box
    live.close()
    assert repr(live) == "closed LiveFigure"


def test_nothing_shifts_once_it_is_made():
    figure = Figure(figsize=(4, 3), dpi=100, layout="constrained")
    ax = figure.subplots()
    (line,) = ax.plot([0, 1], [0, 1])
    live = LiveFigure(figure, {"x": [1, 2]}, {line: np.ones((2, 2))}, {})
    before = ax.get_position().bounds
    ax.set_ylabel("a label\nof three\nlines")  # a layout engine would make room for it
    live.snapshot(1)
    assert ax.get_position().bounds == before


@pytest.mark.parametrize("log", [False, True])
def test_pixels_are_matplotlibs(log, stop=(1, 1)):
    live, line, height = simple(log=log)
    expected = line.axes.transData.transform([(0, height[stop][0])])[0, 1]  # painted at twice the size
    assert pixels(live, 0, "y")[stop][0] == pytest.approx(300 - expected / 2, abs=1 / 16 + 1e-6)


def test_a_line_lies_by_its_own_transform():
    figure, line, sliders, y = one_line(2)
    line.set_transform(line.axes.get_xaxis_transform())  # y counts the axes' height, as in axvline
    _, bottom, _, height = line.axes.get_position().bounds
    live = LiveFigure(figure, sliders, {line: y + 0.25}, {})
    assert pixels(live, 0, "y") == pytest.approx(300 * (1 - bottom - 0.25 * height), abs=1 / 16 + 1e-6)


def test_a_line_without_an_x_keeps_its_own():
    figure, line, sliders, y = one_line(2)
    line.set_xdata([0, 0.5, 2])
    live = LiveFigure(figure, sliders, {line: y}, {})
    expected = line.axes.transData.transform([(0, 0), (0.5, 0), (2, 0)])[:, 0]  # painted at twice the size
    assert pixels(live, 0, "x")[0] == pytest.approx(expected / 2, abs=1 / 16 + 1e-6)


def test_a_line_keeps_its_data_where_its_look_is_asked():
    figure, line, sliders, y = one_line(2, points=4)
    LiveFigure(figure, sliders, {line: y}, {})
    assert np.transpose(line.get_data()).tolist() == [[k, k] for k in range(4)]


def test_nan_interrupts_and_far_points_are_held():
    figure, line, _, _ = one_line(1, points=4)
    live = LiveFigure(figure, {"x": [1]}, {line: np.array([[np.nan, np.inf, 1e300, -1e300]])}, {})
    y = live.content["lines"][0]["y"]
    assert unpacked(live, y).tolist() == [[NO_POINT, NO_POINT, NO_POINT - 1, 0]]


def test_there_is_room_beyond_the_axes():
    # A point one width or height of the axes off is not held, nor one 500 px off the widest picture.
    for figsize in ((4, 3), (30, 30)):
        figure = Figure(figsize=figsize, dpi=100)
        (line,) = figure.subplots().plot([0, 1], [0, 1])
        line.axes.set(xlim=(0, 1), ylim=(0, 1))
        off = 1 if figsize == (4, 3) else 0.17
        y = np.array([[-off, 1 + off]])
        live = LiveFigure(figure, {"a": [1]}, {line: (y, y)}, {})
        assert not held(live, 0, "x").any() and not held(live, 0, "y").any()


def test_a_snapshot_is_the_figure_drawn_at_that_stop():
    live, *_ = simple()
    one, other = (Image.open(io.BytesIO(live.snapshot(*at))) for at in ((0, 0), (2, 1)))
    assert one.size == other.size == (800, 600) and one.tobytes() != other.tobytes()
    assert live.snapshot(0, 0) == live.snapshot()


def test_a_snapshot_without_indices_is_the_present_stops():
    live, *_ = simple()
    live.stops = (2, 1)
    assert live.snapshot() == live.snapshot(2, 1) != live.snapshot(0, 0)


def test_the_still_picture_holds_no_moving_line():
    live, *_ = simple()
    still = np.asarray(Image.open(io.BytesIO(live.content["layouts"][0]["png"])))
    blue = lambda pixels: ((pixels[..., 2] > 150) & (pixels[..., 0] < 80)).sum()
    assert blue(still) == 0 < blue(np.asarray(Image.open(io.BytesIO(live.snapshot(0, 0))).convert("RGB")))


def test_shown_it_is_a_widget_with_its_sentence_and_then_a_snapshot(displayed):
    live, *_ = simple(initial=(1, 1))
    live._ipython_display_()
    (widget, _), (picture, metadata) = displayed
    assert widget["text/plain"] == "x = 1 · y = 10 · product: 10" and "text/html" not in widget
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == live.model_id
    assert picture.keys() == {"image/png"}
    assert metadata["image/png"] == {"width": 400, "height": 322, "alt": widget["text/plain"]}
    shown = np.asarray(Image.open(io.BytesIO(picture["image/png"])).convert("RGB"), dtype=int)
    bare = np.asarray(Image.open(io.BytesIO(live.snapshot())).convert("RGB"), dtype=int)
    assert (
        np.abs(shown[44:] - bare).max() < 40
    )  # below the line that says how the sliders come, palettes apart
    assert (shown[:44].sum(axis=2) < 400).sum() > 1000
    assert metadata["needs_background"] == "light"  # JupyterLab's class, by which the CSS hides it


@pytest.mark.parametrize("front_end", ["VS Code", "Colab"])
def test_where_the_second_output_would_not_be_hidden_there_is_one(displayed, monkeypatch, front_end):
    names = {"__vsc_ipynb_file__": "a.ipynb"} if front_end == "VS Code" else {}
    monkeypatch.setattr(live_widget, "get_ipython", lambda: types.SimpleNamespace(user_ns=names))
    if front_end == "Colab":
        monkeypatch.setitem(sys.modules, "google.colab", types.ModuleType("google.colab"))
    live, *_ = simple()
    live._ipython_display_()
    ((both, _),) = displayed
    assert {"application/vnd.jupyter.widget-view+json", "image/png", "text/plain"} == both.keys()


def test_close_leaves_no_widget_and_no_data():
    alive = ipywidgets.widgets.widget._instances
    before = set(alive)
    live, *_ = simple(presets={"far": (2, 1)})
    assert 1 <= len(set(alive) - before) <= 3
    live.close()
    assert set(alive) == before
    assert not live.content and not live._moving and not live._readouts
    assert live.values == (0, 1)


def test_a_figure_of_pyplots_is_taken_out_of_its_list_and_keeps_its_resolution():
    figure, ax = pyplot.subplots(figsize=(4, 3), dpi=100)
    (line,) = ax.plot([0, 1])
    for _ in range(2):
        live = LiveFigure(figure, {"a": [1]}, {line: np.ones((1, 2))}, {})
        assert pyplot.get_fignums() == [] and live.content["layouts"][0]["width"] == 400
        assert Image.open(io.BytesIO(live.snapshot())).size == (800, 600)
        live.close()
        assert figure.dpi == 100


def test_a_drawing_that_fails_leaves_the_figure_as_it_was():
    figure, line, sliders, y = one_line(1)
    line.axes.set_title(r"$\nosuch$")
    with pytest.raises(ValueError):
        LiveFigure(figure, sliders, {line: y}, {})
    assert figure.dpi == 100 and line.get_visible()
    line.axes.set_title("")
    with pytest.raises(AttributeError):
        LiveFigure(figure, sliders, {line: y}, {}, pick={"no axes": "a"})
    assert figure.dpi == 100
    assert LiveFigure(figure, sliders, {line: y}, {}).content["layouts"][0]["width"] == 400


def test_lines_of_twin_axes_are_drawn_axes_by_axes():
    figure = Figure()
    ax = figure.subplots()
    lines = [
        a.plot([0, 1], color=c, zorder=z)[0] for a, c, z in ((ax, "#111111", 5), (ax.twinx(), "#222222", 2))
    ]
    live = LiveFigure(figure, {"a": [1]}, {line: np.ones((1, 2)) for line in lines}, {})
    looks = live.content["layouts"][0]["looks"]
    assert [look["color"] for look in looks] == ["#111111ff", "#222222ff"]


def test_masked_points_and_dates_are_placed_as_matplotlib_places_them():
    figure, line, sliders, _ = one_line(1)
    live = LiveFigure(figure, sliders, {line: np.ma.masked_less([[0.0, -9, 2]], 0)}, {})
    assert np.isnan(pixels(live, 0, "y")[0]).tolist() == [False, True, False]
    figure = Figure(figsize=(4, 3), dpi=100)
    (line,) = figure.subplots().plot(np.array(["2026-01-01", "2026-01-03"], dtype="M8[ns]"), [0, 1])
    live = LiveFigure(figure, {"a": [1]}, {line: np.array([[0.0, 1.0]])}, {})
    left, width = (400 * side for side in line.axes.get_position().bounds[::2])
    assert pixels(live, 0, "x")[0] == pytest.approx([left + width / 22, left + width * 21 / 22], abs=0.1)


@pytest.mark.parametrize("stops", [5, None, [1.0, 0], [None, 0], "ab"])
def test_what_the_browser_brings_that_is_no_stop_is_dropped(stops):
    live, *_ = simple(initial=(1, 1))
    live.set_state({"stops": stops})
    assert live.stops == (1, 1) and live.values == (1, 10)


def test_the_browser_may_say_other_things_than_stops():
    live, *_ = simple(initial=(1, 1))
    live.set_state({"stops": None, "tooltip": "a"})
    assert live.tooltip == "a" and live.stops == (1, 1)


def test_while_the_browser_speaks_python_is_clamped_as_ever():
    live, *_ = simple()
    live.observe(lambda change: setattr(live, "stops", (np.int64(99), 0)), "stops")
    live.set_state({"stops": [1, 0]})
    assert live.stops == (2, 0)


def in_cell(monkeypatch, cell, message):
    parent = {"header": {"msg_id": message}, "metadata": {"cellId": cell} if cell else {}}
    kernel = types.SimpleNamespace(get_parent=lambda: parent)
    monkeypatch.setattr(cells, "get_ipython", lambda: types.SimpleNamespace(kernel=kernel))


def test_a_cell_run_again_closes_what_it_had(monkeypatch):
    alive = ipywidgets.widgets.widget._instances
    before = len(alive)
    in_cell(monkeypatch, "cell-1", "run 1")
    one, two = simple()[0], simple()[0]
    held = len(alive)
    in_cell(monkeypatch, "cell-2", "run 2")
    elsewhere = simple()[0]
    in_cell(monkeypatch, "cell-1", "run 3")
    three, four = simple()[0], simple()[0]
    assert len(alive) - before == (held - before) * 3 / 2
    assert [live.comm is None for live in (one, two, elsewhere, three, four)] == [True] * 2 + [False] * 3
    for live in (elsewhere, three, four):
        live.close()


def test_a_cell_run_again_may_use_the_same_figure(monkeypatch):
    figure, line, sliders, y = one_line(2)
    for run in ("run 1", "run 2"):
        in_cell(monkeypatch, "cell-same", run)
        live = LiveFigure(figure, sliders, {line: y}, {})
    live.close()


def test_without_a_cell_nothing_is_closed(monkeypatch):
    in_cell(monkeypatch, None, "run 1")
    one = simple()[0]
    in_cell(monkeypatch, None, "run 2")
    two = simple()[0]
    assert one.comm and two.comm
    one.close(), two.close()


@pytest.mark.parametrize(
    "change, message",
    [
        ({"sliders": {}}, "sliders must be a dict of one to three"),
        ({"sliders": {name: [1] for name in "abcd"}}, "sliders must be a dict of one to three"),
        ({"sliders": {"a": []}}, r"sliders\['a'\] must be a list of one number or more, got \[\]"),
        ({"sliders": {"a": ["x"]}}, r"sliders\['a'\] must be a list of one number or more, got \['x'\]"),
        ({"y": np.zeros((3, 4))}, r"moving y must have shape \(2,\) over the sliders, .* got \(3, 4\)"),
        ({"y": np.zeros((2, 5))}, r"moving must hold arrays .* got \(1, 4\) and \(2, 5\)"),
        ({"y": np.zeros(4)}, r"moving y must have shape \(2,\) over the sliders, .* got \(4,\)"),
        ({"y": (np.zeros((2, 4)), np.zeros((2, 4)), [1, 5])}, "moving shown must be numbers .* from 0 to 4"),
        ({"readouts": ["a", "b"]}, r"readouts must be a dict of \{label: strings\}, got list"),
        ({"readouts": {"r": ["a", "b", "c"]}}, r"readouts\['r'\] must have shape \(2,\) .* got \(3,\)"),
        ({"readouts": {"r": [["a"], ["b"]]}}, r"readouts\['r'\] must be strings of shape \(2,\)"),
        (
            {"readouts": {"r": (["a", "b"], {"a": "red"})}},
            "must have a colour for every word, got none for 'b'",
        ),
        (
            {"presets": {"far": (2,)}},
            r"presets\['far'\] must be an index for each slider, below \(2,\), got \(2,\)",
        ),
        ({"presets": {"far": (0.9,)}}, r"presets\['far'\] must be an index for each slider, .* got \(0.9,\)"),
        ({"initial": (0, 0)}, r"initial must be an index for each slider, below \(2,\), got \(0, 0\)"),
        ({"marks": {"b": {"here": 1}}}, r"marks must name one of the sliders \['a'\], got 'b'"),
        ({"marks": {"a": {"here": 3}}}, r"marks\['a'\]\['here'\] must lie from 1 to 2, got 3"),
        (
            {"sliders": {"a": [2, 1]}, "marks": {"a": {"here": 1}}},
            r"marks\['a'\] must be of a slider whose values ascend",
        ),
        ({"play": "b"}, r"play must name one of the sliders \['a'\], got 'b'"),
        ({"drawstyle": "steps"}, "moving: drawstyle of line '_child0' must be 'default', got 'steps'"),
        ({"fillstyle": "left"}, "moving: fillstyle of line '_child0' must be 'full' or 'none', got 'left'"),
        ({"markevery": 2}, "moving: markevery of line '_child0' must be None, got 2"),
        ({"gapcolor": "red"}, "moving: gapcolor of line '_child0' must be None, got 'red'"),
        (
            {"sliders": {"a": [1, 1 + 1e-9]}},
            r"sliders\['a'\] must hold values that read differently, got 1 twice",
        ),
    ],
)
def test_bad_input_is_named_and_leaves_no_widget(change, message):
    looks = {
        name: change[name] for name in ("drawstyle", "fillstyle", "markevery", "gapcolor") if name in change
    }
    arguments = {name: given for name, given in change.items() if name not in looks and name != "y"}
    figure, line, _, _ = one_line(2, points=4, **looks)
    moving, before = {line: change.get("y", np.zeros((2, 4)))}, len(ipywidgets.widgets.widget._instances)
    for _ in range(2):  # and the figure is free for a second try
        with pytest.raises(ValueError, match=message):
            LiveFigure(figure, **{"sliders": {"a": [1, 2]}, "moving": moving, "readouts": {}, **arguments})
    assert len(ipywidgets.widgets.widget._instances) == before
    LiveFigure(one_line(2)[0], {"a": [1, 2]}, {}, {}).close()


def test_what_is_picked_is_named():
    figure, line, sliders, y = one_line(2, 3)
    for axes, names in ((line.axes, "d"), (line.axes, ("a", "b", "a")), ((line.axes, line.axes), "a")):
        with pytest.raises(
            ValueError, match=r"pick must hold axes of each figure and one or two of \['a', 'b'\]"
        ):
            LiveFigure(figure, sliders, {line: y}, {}, pick={axes: names})


def line_of(figure, **of_axes):
    (line,) = figure.subplots(**of_axes).plot([0, 1], [0, 1])
    return line


def test_what_svg_cannot_draw_alike_is_named():
    arguments = {"sliders": {"a": [1]}, "readouts": {}}
    figure = Figure()
    polar = line_of(figure, subplot_kw={"projection": "polar"})
    with pytest.raises(ValueError, match=r"moving: axes of line .* must be straight ones, got 'polar'"):
        LiveFigure(figure, moving={polar: np.ones((1, 2))}, **arguments)
    with pytest.raises(ValueError, match=r"moving: figure of line .* must be the figure given"):
        LiveFigure(Figure(), moving={line_of(Figure()): np.ones((1, 2))}, **arguments)
    wide = Figure(figsize=(31, 2), dpi=100)
    with pytest.raises(ValueError, match=r"figure must be at most 3000 px wide and high, got 3100 × 200"):
        LiveFigure(wide, moving={line_of(wide): np.ones((1, 2))}, **arguments)


def test_a_figure_belongs_to_one_open_live_figure():
    live, line, height = simple()
    again = {"sliders": {"x": [0, 1, 2], "y": [1, 10]}, "moving": {line: height}, "readouts": {}}
    with pytest.raises(ValueError, match="figure must be no other open LiveFigure's"):
        LiveFigure(line.figure, **again)
    live.close()
    reused = LiveFigure(line.figure, **again)
    assert (reused.content["layouts"][0]["width"], reused.content["layouts"][0]["height"]) == (400, 300)
    reused.close()


def test_shown_after_it_was_closed_it_says_so():
    live, *_ = simple()
    live.close()
    with pytest.raises(RuntimeError, match="this LiveFigure is closed"):
        live._ipython_display_()


def test_alpha_is_honoured():
    figure = Figure()
    (line,) = figure.subplots().plot([0, 1], [0, 1], "o-", color="#0000ff", alpha=0.5)
    live = LiveFigure(figure, {"a": [1]}, {line: np.ones((1, 2))}, {})
    look = live.content["layouts"][0]["looks"][0]
    assert look["color"] == look["face"] == look["edge"] == "#0000ff80"


@pytest.mark.parametrize("at", [(0,), (3, 0), (-1, 0)])
def test_a_snapshot_wants_stops(at):
    with pytest.raises(ValueError, match="indices must be an index for each slider"):
        simple()[0].snapshot(*at)


def test_its_pictures_keep_the_style_they_were_made_in():
    def picture(size):
        with style.context({"font.size": size}):  # matplotlib thins out ticks by the size of their labels
            live, *_ = simple()
            return live

    small, large = picture(6), picture(30)
    expected = small.snapshot(0, 0), large.snapshot(0, 0)
    with style.context({"font.size": 30, "ytick.labelsize": 30}):
        assert (small.snapshot(0, 0), large.snapshot(0, 0)) == expected


# What the browser draws


def content_of(**options):
    figure, line, sliders, y = one_line(2, 3, 4)
    return LiveFigure(figure, sliders, {line: y}, {}, **options).content, line


def test_readouts_travel_with_their_colours():
    figure, line, sliders, y = one_line(2, 3)
    colors, texts = {"a": "#111111", "b": "#222222"}, [["0", "1", "2"], ["3", "4", "5"]]
    readouts = {"state": (np.array([["a", "b", "a"]]), colors), "n": [["0"], ["1"]], "both": texts}
    live = LiveFigure(figure, sliders, {line: y}, readouts, initial=(1, 1))
    state, n, both = json.loads(zlib.decompress(live.content["readouts"]))
    assert (state["label"], state["words"], state["colors"]) == ("state", ["a", "b"], colors)
    assert unpacked(live, state["which"]).tolist() == [[[0, 0], [0, 1], [0, 0]]]  # of 65,536 words, one
    assert (n["words"], n["colors"]) == (["0", "1"], None)
    assert unpacked(live, n["which"])[..., 1].tolist() == [[0], [1]]
    assert both["words"] == list("012345")
    assert unpacked(live, both["which"])[..., 1].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert repr(live) == "a = 1 · b = 1 · state: b · n: 1 · both: 4"


def test_three_sliders_one_of_which_plays():
    content, _ = content_of(play="c")
    assert content["playable"] == 2 and [slider["label"] for slider in content["sliders"]] == ["a", "b", "c"]
    assert content_of()[0]["playable"] is None


def test_of_a_growing_line_so_many_points_are_drawn():
    figure, line, sliders, _ = one_line(2, 3)
    y, shown = np.arange(3.0)[None, None], np.array([[1, 2, 3]])
    live = LiveFigure(figure, sliders, {line: (y, y, shown)}, {})
    assert unpacked(live, live.content["lines"][0]["shown"]).tolist() == [[1, 2, 3]]
    live.snapshot(1, 1)
    assert line.get_xdata().tolist() == [0, 1]


def test_a_mark_lies_between_the_stops_of_its_values():
    figure, line, sliders, y = one_line(5)
    sliders = {"a": [0, 1, 10, 100, 200]}
    live = LiveFigure(figure, sliders, {line: y}, {}, marks={"a": {"λ_max": 55, "2/h": (0, "#B00020")}})
    assert live.content["sliders"][0]["marks"] == [["λ_max", 2.5 / 4, None], ["2/h", 0.0, "#B00020"]]


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_what_is_picked_lies_where_the_axes_have_its_values(scale):
    figure, line, _, y = one_line(4)
    line.axes.set(xscale=scale, xlim=(1, 100) if scale == "log" else (0, 100), ylim=(0, 1))
    sliders = {"a": [0, 1, 10, 100]}
    live = LiveFigure(figure, sliders, {line: y}, {}, pick={line.axes: "a"})
    ((pick,),) = [layout["picks"] for layout in live.content["layouts"]]
    zero, *others = pick["places"][0]["at"]
    assert others == pytest.approx([0, 0.5, 1] if scale == "log" else [0.01, 0.1, 1])
    assert zero < -100 if scale == "log" else zero == 0  # it has no place on a log axis
    assert pick["places"][1] is None
    left, bottom, width, height = line.axes.get_position().bounds
    assert pick["box"] == pytest.approx([400 * left, 300 * (1 - bottom - height), 400 * width, 300 * height])


def test_a_map_is_picked_in_both_directions():
    figure, line, sliders, y = one_line(2, 3)
    line.axes.set(xlim=(0, 4), ylim=(0, 4))
    (pick,) = LiveFigure(figure, sliders, {line: y}, {}, pick={line.axes: ("b", "a")}).content["layouts"][0][
        "picks"
    ]
    assert [place["slider"] for place in pick["places"]] == [1, 0]
    assert pick["places"][0]["at"] == pytest.approx([0, 0.25, 0.5])


def twin(figsize=(2, 3), xlim=(0, 2)):
    """A figure and its narrow twin, with one line each."""
    figures = [Figure(figsize=size, dpi=100) for size in ((4, 3), figsize)]
    lines = [figure.subplots().plot([0, 1, 2], [0, 1, 2])[0] for figure in figures]
    for line, limits in zip(lines, ((0, 2), xlim)):
        line.axes.set(xlim=limits, ylim=(0, 2))
    return *figures, tuple(lines)


def test_a_narrow_twin_adds_its_picture_and_no_points():
    figure, narrow, lines = twin()
    y = np.arange(6.0).reshape(2, 3)
    pick = {tuple(line.axes for line in lines): "a"}
    live = LiveFigure(figure, {"a": [0, 1]}, {lines: y}, {}, narrow=narrow, pick=pick)
    alone = LiveFigure(twin()[0], {"a": [0, 1]}, {}, {})
    assert [layout["width"] for layout in live.content["layouts"]] == [400, 200]
    (line,) = live.content["lines"]
    assert len(alone.content["layouts"]) == 1 and [line[axis]["shape"] for axis in "xy"] == [[1, 3], [2, 3]]
    assert all(layout["looks"][0]["box"] == layout["picks"][0]["box"] for layout in live.content["layouts"])
    assert Image.open(io.BytesIO(live.content["layouts"][1]["png"])).size == (400, 600)


def test_points_are_as_fine_as_the_larger_layout_needs():
    figure, narrow, lines = twin()
    live = LiveFigure(figure, {"a": [0]}, {lines: np.zeros((1, 3))}, {}, narrow=narrow)
    sides = [layout["looks"][0]["box"][2:] for layout in live.content["layouts"]]
    for axis, side in zip("xy", np.max(sides, axis=0)):
        assert live.content["lines"][0][axis]["scale"][0] >= 8 * side  # steps, in eighths of a pixel


def test_a_narrow_twin_with_other_limits_is_named():
    figure, narrow, lines = twin(xlim=(0, 3))
    with pytest.raises(ValueError, match="narrow: line '_child0' must have the same limits and scales there"):
        LiveFigure(figure, {"a": [0]}, {lines: np.zeros((1, 3))}, {}, narrow=narrow)
    with pytest.raises(ValueError, match="moving must have a line of each of 2 figures as keys"):
        LiveFigure(figure, {"a": [0]}, {lines[0]: np.zeros((1, 3))}, {}, narrow=narrow)


@pytest.mark.parametrize("marker", ["o", "s", "D", "^", "x", "*", "$λ$"])
def test_any_marker_is_drawn_by_its_own_path(marker):
    figure, line, sliders, y = one_line(2, marker=marker, markersize=10)
    live = LiveFigure(figure, sliders, {line: y}, {})
    look = live.content["layouts"][0]["looks"][0]
    style = MarkerStyle(marker)
    path = style.get_path().transformed(style.get_transform())
    x, y = np.transpose(drawn_vertices(look["marker"]))
    px = 10 * 100 / 72 * 16  # in sixteenths of a pixel
    box = path.get_extents()
    assert [x.min(), x.max()] == pytest.approx([px * box.x0, px * box.x1], abs=1)
    assert [-y.max(), -y.min()] == pytest.approx([px * box.y0, px * box.y1], abs=1)


def drawn_vertices(d):
    """Where an SVG path of relative m, l, q, c, z goes; of its curves, points along them."""
    here, start, visited = np.zeros(2), np.zeros(2), []
    for command, numbers in re.findall(r"([mlqcz])([^mlqcz]*)", d):
        steps = np.array(numbers.split(), dtype=float).reshape(-1, 2)
        if command == "z":
            here = start
            continue
        ends, t = here + steps, np.linspace(0, 1, 33)[:, None]
        controls = [here, *ends]
        while len(controls) > 1 and command != "m":  # de Casteljau, for all t at once
            controls = [(1 - t) * one + t * two for one, two in itertools.pairwise(controls)]
        here = ends[-1]
        start = here if command == "m" else start
        visited += [here] if command == "m" else list(controls[0])
    return visited


def test_dashes_caps_and_widths_are_matplotlibs():
    figure, line, sliders, y = one_line(2, linestyle=(1, (4, 2)), linewidth=3, dash_capstyle="round")
    look = LiveFigure(figure, sliders, {line: y}, {}).content["layouts"][0]["looks"][0]
    px = 100 / 72
    assert look["width"] == pytest.approx(3 * px) and look["cap"] == "round" and look["marker"] == ""
    assert look["dashes"] == pytest.approx([12 * px, 6 * px]) and look["dashOffset"] == pytest.approx(3 * px)


def test_rings_are_empty_and_edged_as_matplotlib_has_them():
    looks = {"markerfacecolor": "none", "markeredgecolor": "#00ff00", "markeredgewidth": 3}
    figure, line, sliders, y = one_line(2, marker="o", color="#0000ff", **looks)
    look = LiveFigure(figure, sliders, {line: y}, {}).content["layouts"][0]["looks"][0]
    assert look["face"] == "none" and look["edge"] == "#00ff00ff"  # "none" stays empty in a ghost, too
    assert look["edgeWidth"] == pytest.approx(3 * 100 / 72)


@pytest.mark.parametrize("clip_on", [True, False])
def test_a_line_is_clipped_where_matplotlib_clips_it(clip_on):
    figure, line, sliders, y = one_line(2, clip_on=clip_on)
    assert LiveFigure(figure, sliders, {line: y}, {}).content["layouts"][0]["looks"][0]["clip"] == clip_on


def test_lines_are_drawn_by_zorder_then_as_they_were_added():
    figure = Figure()
    ax = figure.subplots()
    added = {"#111111ff": 3, "#222222ff": 2, "#333333ff": 3}
    lines = [ax.plot([0, 1], color=color, zorder=zorder)[0] for color, zorder in added.items()]
    live = LiveFigure(figure, {"a": [0]}, dict.fromkeys(reversed(lines), np.zeros((1, 2))), {})
    drawn = [look["color"] for look in live.content["layouts"][0]["looks"]]
    assert drawn == ["#222222ff", "#111111ff", "#333333ff"]


@pytest.mark.parametrize("points", [3, 40])
def test_numbers_are_what_they_were_before_they_were_packed(points):
    figure, line, sliders, _ = one_line(3, 4, points=points)
    shown = np.random.default_rng(0).integers(points + 1, size=(3, 4))
    y = np.random.default_rng(1).uniform(-3, 3, size=(3, 4, points))
    live = LiveFigure(figure, sliders, {line: (np.zeros((1, 1, points)), y, shown)}, {})
    entry = live.content["lines"][0]
    assert unpacked(live, entry["shown"]).tolist() == shown.tolist()
    expected = line.axes.transData.transform(np.stack([0 * y.ravel(), y.ravel()], axis=1))[:, 1]
    np.testing.assert_allclose(pixels(live, 0, "y").ravel(), 300 - expected / 2, atol=1 / 16 + 1e-6)


def test_more_readouts_than_sixteen_bits_can_name_keep_apart():
    figure, line, _, _ = one_line(1)
    words = np.char.add("w", np.arange(70_000).astype(str))
    live = LiveFigure(figure, {"a": np.arange(70_000)}, {line: np.zeros((1, 3))}, {"word": words})
    (readout,) = json.loads(zlib.decompress(live.content["readouts"]))
    high, low = unpacked(live, readout["which"])[69_999]
    assert readout["words"][65_536 * high + low] == "w69999" and repr(live).endswith("word: w0")


# Arrows for what lies beyond the frame


def arrows_of(x, y, linestyle="-", shown=None):
    """What stands for points beyond axes from 0 to 1 that are 400 px wide and high."""
    figure = Figure(figsize=(4, 4), dpi=100)
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(0, 1))
    (line,) = ax.plot([], [], marker="o", linestyle=linestyle)
    data = (np.array([x]), np.array([y])) + (() if shown is None else (np.array([shown]),))
    live = LiveFigure(figure, {"a": [0]}, {line: data}, {}, arrows=[line])
    ((_, heads),) = off_the_frame(live._with_arrows, live._moving, (0,)).items()
    return [(round(x, 2), round(y, 2), direction) for x, y, direction in heads]


@pytest.mark.parametrize(
    "x, y, expected",
    [
        ([0, 0.5, 1], [0.5, 0.5, 0.5], []),
        ([0, 0.5, 1], [0.5, 0.5, 1.5], [(0.75, 1, "up")]),  # half of the last stretch is inside
        ([0, 0.5, 1], [0.5, 0.5, -0.5], [(0.75, 0, "down")]),
        ([0.5, 2.5], [0.5, 0.75], [(1, 0.56, "right")]),
        ([0.5, -1.5], [0.5, 0.5], [(0, 0.5, "left")]),
        ([0.2, 0.4, 0.6, 0.8], [0.5, 3, 3, 0.5], []),  # it comes back
        ([0.2, 0.4, 0.6], [3, 3, 3], [(0.6, 1, "up")]),  # it was never here
        ([0.2, 0.4, 0.6], [0.5, 1e300, np.inf], [(0.21, 1, "up")]),  # held at five heights
        ([0.2, 0.4, np.nan, 0.6], [0.5, np.nan, 3, 0.5], []),
        ([0, 1], [0.5, 1.002], []),  # by less than a pixel
    ],
)
def test_a_stroke_has_an_arrow_where_it_leaves_for_good(x, y, expected):
    assert arrows_of(x, y) == expected


def test_each_mark_beyond_the_frame_has_an_arrow():
    x, y = [-3, 0.5, 9, 0.25], [0.5, 0.5, 0.75, 4]
    expected = [(0, 0.5, "left"), (1, 0.75, "right"), (0.25, 1, "up")]
    assert arrows_of(x, y, "none") == expected
    assert arrows_of(x, y, "none", shown=1) == expected[:1]


def test_a_snapshot_shows_arrows_and_keeps_none():
    figure = Figure(figsize=(4, 4), dpi=100)
    ax = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(0, 1))
    ax.set_axis_off()
    (line,) = ax.plot([], [], "o", color="#ff0000")
    data = {line: (np.full((2, 1), 0.5), np.array([[0.5], [7]]))}
    live = LiveFigure(figure, {"a": [0, 1]}, data, {}, arrows=[line])
    artists = len(ax.get_children())
    red = np.asarray(Image.open(io.BytesIO(live.snapshot(1))).convert("RGB"))[..., 1] < 100
    rows, columns = np.nonzero(red)
    assert rows.min() <= 1 and rows.max() == pytest.approx(26, abs=1)  # 13 px, at twice the size
    assert (columns.min() + columns.max()) / 2 == pytest.approx(400, abs=1) and np.ptp(columns) < 30
    assert len(ax.get_children()) == artists


def test_arrows_are_for_lines_that_move():
    figure, line, sliders, y = one_line(2)
    with pytest.raises(ValueError, match="arrows must hold keys of moving, got"):
        LiveFigure(figure, sliders, {line: y}, {}, arrows=["λ"])
