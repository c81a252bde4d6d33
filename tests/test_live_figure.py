import io
import types

import ipywidgets
import numpy as np
import pytest
from matplotlib import style
from matplotlib.figure import Figure
from PIL import Image

from lasso_helpers import LiveFigure
from lasso_helpers.live_figure import cells, svg_lines


def simple(x_values=(0, 1, 2), y_values=(1, 10), log=False, **options):
    """A figure with one line of three points, whose height is its two sliders' product."""
    figure = Figure(figsize=(4, 3), dpi=100)
    ax = figure.subplots()
    (line,) = ax.plot([0, 1, 2], [1, 2, 3])
    ax.set(xlim=(0, 2), ylim=(0.5, 40))
    if log:
        ax.set_yscale("log")
    height = np.multiply.outer(np.asarray(x_values), np.asarray(y_values))[..., None] + np.ones(3)
    status = [[f"{x} {y}" for y in y_values] for x in x_values]
    return LiveFigure(figure, {"x": x_values, "y": y_values}, {line: height}, status, **options), line, height


def test_values_are_the_sliders():
    live, *_ = simple(initial=(2, 1))
    assert live.values == (2, 10)
    live._sliders[0].index = 1
    assert live.values == (1, 10)


def test_it_opens_at_its_initial_stop_and_resets_to_it():
    live, *_ = simple(initial=(2, 1))
    assert (live._overlay.first, live._overlay.second, live._overlay.start) == (2, 1, [2, 1])


def test_nothing_shifts_once_it_is_made():
    figure = Figure(figsize=(4, 3), dpi=100, layout="constrained")
    ax = figure.subplots()
    (line,) = ax.plot([0, 1], [0, 1])
    live = LiveFigure(figure, {"x": [1, 2]}, {line: np.ones((2, 2))}, ["a", "b"])
    before = ax.get_position().bounds
    ax.set_ylabel("a label\nof three\nlines")  # a layout engine would make room for it
    live.snapshot(1)
    assert ax.get_position().bounds == before


@pytest.mark.parametrize("log", [False, True])
def test_pixels_are_matplotlibs(log, stop=(1, 1)):
    live, line, height = simple(log=log)
    points = np.frombuffer(live._overlay.points, dtype="<u2")
    look = live._overlay.lines[0]["y"]
    pixels = points[look["offset"] :][: np.prod(look["shape"])].reshape(look["shape"]) / 16 - 1000
    expected = (
        300 - line.axes.transData.transform([(0, height[stop][0])])[0, 1] / 2
    )  # painted at twice the size
    assert pixels[stop][0] == pytest.approx(expected, abs=1 / 32 + 1e-6)


def test_nan_interrupts_and_far_points_are_held():
    figure = Figure(figsize=(4, 3), dpi=100)
    (line,) = figure.subplots().plot([0, 1, 2, 3], [0, 1, 2, 3])
    live = LiveFigure(figure, {"x": [1]}, {line: np.array([[np.nan, np.inf, 1e300, -1e300]])}, ["x"])
    look = live._overlay.lines[0]["y"]
    y = np.frombuffer(live._overlay.points, dtype="<u2")[look["offset"] :][:4]
    assert y.tolist() == [svg_lines.NO_POINT, svg_lines.NO_POINT, 0, svg_lines.NO_POINT - 1]


def test_a_snapshot_is_the_figure_drawn_at_that_stop():
    live, *_ = simple()
    one, other = (Image.open(io.BytesIO(live.snapshot(*at))) for at in ((0, 0), (2, 1)))
    assert one.size == other.size == (800, 600) and one.tobytes() != other.tobytes()
    assert live.snapshot(0, 0) == live.snapshot()


def test_the_overlays_picture_holds_no_moving_line():
    live, *_ = simple()
    still = np.asarray(Image.open(io.BytesIO(live._overlay.picture)))
    blue = lambda pixels: ((pixels[..., 2] > 150) & (pixels[..., 0] < 80)).sum()
    assert blue(still) == 0 < blue(np.asarray(Image.open(io.BytesIO(live.snapshot(0, 0))).convert("RGB")))


def test_shown_it_is_a_widget_with_its_status_and_then_a_snapshot(displayed):
    live, *_ = simple(initial=(1, 1))
    live._ipython_display_()
    (widget, _), (picture, metadata) = displayed
    assert widget["text/plain"] == "1 10" and "text/html" not in widget
    assert widget["application/vnd.jupyter.widget-view+json"]["model_id"] == live._box.model_id
    assert picture.keys() == {"image/png"}
    assert metadata["image/png"] == {"width": 400, "height": 300, "alt": "1 10"}


def test_close_leaves_no_widget_and_no_data():
    alive = ipywidgets.widgets.widget._instances
    before = set(alive)
    live, *_ = simple(presets={"far": (2, 1)})
    assert len(set(alive) - before) > 5
    live.close()
    assert set(alive) == before
    assert live._overlay.points == b"" and live._overlay.picture == b"" and not live._moving
    assert live.values == (0, 1)


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
    assert not one._widgets and not two._widgets and elsewhere._widgets and three._widgets and four._widgets
    for live in (elsewhere, three, four):
        live.close()


def test_without_a_cell_nothing_is_closed(monkeypatch):
    in_cell(monkeypatch, None, "run 1")
    one = simple()[0]
    in_cell(monkeypatch, None, "run 2")
    two = simple()[0]
    assert one._widgets and two._widgets
    one.close(), two.close()


@pytest.mark.parametrize(
    "change, message",
    [
        ({"sliders": {}}, "sliders must be a dict of one or two"),
        ({"sliders": {"a": [1], "b": [1], "c": [1]}}, "sliders must be a dict of one or two"),
        ({"sliders": {"a": []}}, r"sliders\['a'\] must be a list of one number or more, got \[\]"),
        ({"sliders": {"a": ["x"]}}, r"sliders\['a'\] must be a list of one number or more, got \['x'\]"),
        ({"y": np.zeros((3, 4))}, r"moving y must have shape \(2,\) over the sliders, .* got \(3, 4\)"),
        ({"y": np.zeros((2, 5))}, r"moving must hold arrays .* got \(1, 4\) and \(2, 5\)"),
        ({"y": np.zeros(4)}, r"moving y must have shape|moving must hold arrays"),
        ({"status": ["a", "b", "c"]}, r"status must have shape \(2,\) .* got \(3,\)"),
        (
            {"presets": {"far": (2,)}},
            r"presets\['far'\] must be an index for each slider, below \(2,\), got \(2,\)",
        ),
        ({"initial": (0, 0)}, r"initial must be an index for each slider, below \(2,\), got \(0, 0\)"),
        ({"marker": "s"}, "moving: marker of line '_child0' must be 'o' or none, got 's'"),
        ({"drawstyle": "steps"}, "moving: drawstyle of line '_child0' must be 'default', got 'steps'"),
        ({"fillstyle": "left"}, "moving: fillstyle of line '_child0' must be 'full', got 'left'"),
        ({"markevery": 2}, "moving: markevery of line '_child0' must be None, got 2"),
        ({"presets": {"far": (0.9,)}}, r"presets\['far'\] must be an index for each slider, .* got \(0.9,\)"),
        (
            {"sliders": {"a": [1, 1 + 1e-9]}},
            r"sliders\['a'\] must hold values that read differently, got 1 twice",
        ),
    ],
)
def test_bad_input_is_named_and_leaves_no_widget(change, message):
    figure = Figure()
    looks = {
        name: change.pop(name) for name in ("marker", "drawstyle", "fillstyle", "markevery") if name in change
    }
    (line,) = figure.subplots().plot(range(4), range(4), **looks)
    arguments = {"sliders": {"a": [1, 2]}, "status": ["a", "b"], "presets": None, "initial": None}
    y = change.pop("y", np.zeros((2, 4)))
    before = len(ipywidgets.widgets.widget._instances)
    with pytest.raises(ValueError, match=message):
        LiveFigure(figure, moving={line: y}, **{**arguments, **change})
    assert len(ipywidgets.widgets.widget._instances) == before


def line_of(figure, **of_axes):
    (line,) = figure.subplots(**of_axes).plot([0, 1], [0, 1])
    return line


def test_what_svg_cannot_draw_alike_is_named():
    arguments = {"sliders": {"a": [1]}, "status": ["a"]}
    figure = Figure()
    polar = line_of(figure, subplot_kw={"projection": "polar"})
    with pytest.raises(ValueError, match=r"moving: axes of line .* must be straight ones, got 'polar'"):
        LiveFigure(figure, moving={polar: np.ones((1, 2))}, **arguments)
    with pytest.raises(ValueError, match=r"moving: figure of line .* must be the figure given"):
        LiveFigure(Figure(), moving={line_of(Figure()): np.ones((1, 2))}, **arguments)
    wide = Figure(figsize=(31, 2), dpi=100)
    with pytest.raises(ValueError, match=r"figure must be at most 3094 px wide and high, got 3100 × 200"):
        LiveFigure(wide, moving={line_of(wide): np.ones((1, 2))}, **arguments)


def test_a_figure_belongs_to_one_open_live_figure():
    live, line, height = simple()
    again = {"sliders": {"x": [0, 1, 2], "y": [1, 10]}, "moving": {line: height}, "status": live._status}
    with pytest.raises(ValueError, match="figure must be no other open LiveFigure's"):
        LiveFigure(line.figure, **again)
    live.close()
    LiveFigure(line.figure, **again).close()


def test_shown_after_it_was_closed_it_says_so():
    live, *_ = simple()
    live.close()
    with pytest.raises(RuntimeError, match="this LiveFigure is closed"):
        live._ipython_display_()


def test_alpha_is_honoured():
    figure = Figure()
    (line,) = figure.subplots().plot([0, 1], [0, 1], "o-", color="#0000ff", alpha=0.5)
    look = LiveFigure(figure, {"a": [1]}, {line: np.ones((1, 2))}, ["a"])._overlay.lines[0]
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
