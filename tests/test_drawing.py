import itertools

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_hex

from lasso_helpers import drawing, show
from lasso_helpers.explorers.descent_states import STATE_COLORS
from lasso_helpers.explorers.geometry import contour_through


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def test_show_hands_over_picture_and_message_and_closes_the_figure(displayed):
    figure, _ = plt.subplots(figsize=(6, 3), dpi=100)
    show(figure, "A line at 0.5.")
    ((data, metadata),) = displayed
    assert data["text/plain"] == "A line at 0.5."
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"] == {"width": 600, "height": 300, "alt": "A line at 0.5."}
    assert plt.get_fignums() == []


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_show_wants_a_message(ax, alt):
    with pytest.raises(ValueError, match="alt must be a sentence"):
        show(ax.figure, alt)


def test_train_is_blue_and_test_is_vermillion(ax):
    train, test = drawing.learning_curves([3, 2, 1], [3, 2.5, 2], ax=ax)
    assert (to_hex(train.get_color()), to_hex(test.get_color())) == ("#0072b2", "#d55e00")
    assert test.get_ydata().tolist() == [3, 2.5, 2]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("iteration", "RMSE")


def test_references_are_short_marks_at_the_right_edge(ax):
    drawing.reference_levels((1.2, 1.0), (0.6, 0.7), ax=ax)
    assert [line.get_ydata()[0] for line in ax.lines] == [1.2, 1.0, 0.6, 0.7]
    assert [to_hex(line.get_color()) for line in ax.lines] == ["#0072b2", "#d55e00"] * 2
    assert all(list(line.get_xdata()) == [0.96, 1] for line in ax.lines)  # shares of the axes


def test_a_mark_is_hollow_where_the_weight_is_exactly_zero(ax):
    weights = np.array([[2.0, 0.0, 1e-300], [0.0, -1.0, 0.0]])
    (filled, there), (hollow, here) = drawing.weight_marks(weights, drawing.ITERATE_LOOK, ax=ax).items()
    nan = np.nan
    np.testing.assert_array_equal(there[0], [[2, nan, 1e-300], [nan, -1, nan]])
    np.testing.assert_array_equal(here[0], [[nan, 0, nan], [0, nan, 0]])
    assert there[1].tolist() == here[1].tolist() == [[0, 1, 2]]
    assert hollow.get_markerfacecolor() == "white" and filled.get_markerfacecolor() != "white"
    assert hollow.get_markeredgecolor() == filled.get_markeredgecolor()


def test_no_two_meanings_have_one_colour():
    meanings = [drawing.TRAIN, drawing.TEST, drawing.INK, drawing.MINIMISER, drawing.QUIET]
    meanings += [*drawing.FEATURES, *STATE_COLORS.values()]
    assert STATE_COLORS["running"] == drawing.QUIET  # no state as yet
    meanings.remove(STATE_COLORS["running"])
    assert len({to_hex(color) for color in meanings}) == len(meanings) == 5 + 8 + 4
    with plt.style.context("lasso_helpers.classroom"):
        cycle = list(plt.rcParams["axes.prop_cycle"].by_key()["color"])
    assert cycle == list(drawing.FEATURES)  # a notebook's lines without a colour of their own are features


@pytest.mark.parametrize("power", [1, 2])
def test_every_point_of_the_shape_has_its_norm(power):
    x, y = drawing.penalty_shape(np.array([0.5, 2.0]), power)
    norms = np.linalg.norm(np.stack([x, y]), ord=power, axis=0)
    np.testing.assert_allclose(norms, [[0.5] * 181, [2.0] * 181])


def test_the_contour_has_the_points_error_all_around():
    hessian, minimiser = np.array([[3.0, 1.0], [1.0, 2.0]]), np.array([0.5, -0.2])
    away = np.stack(contour_through([1.0, 1.0], minimiser, hessian), axis=-1) - minimiser
    excess = np.einsum("pi,ij,pj->p", away, hessian, away)
    expected = (np.array([1.0, 1.0]) - minimiser) @ hessian @ (np.array([1.0, 1.0]) - minimiser)
    np.testing.assert_allclose(excess, expected)


def test_a_log_axis_carries_plain_numbers(ax):
    drawing.plain_log_axis(ax.yaxis, 0.5, 5)
    ax.figure.canvas.draw()
    labels = [label.get_text() for label in ax.get_yticklabels() if 0.5 <= label.get_position()[1] <= 5]
    assert labels == ["0.5", "0.7", "1", "1.5", "2", "3", "5"]


def test_lambda_zero_has_a_place_on_the_log_axis(ax):
    markers = drawing.error_against_lambda([0, 0.1, 1], [1, 2, 3], [3, 2, 1], ax=ax)
    place = ax.transData.transform([(0, 1), (0.1, 1), (1, 1)])[:, 0]
    assert np.isfinite(place).all() and (np.diff(place) > 10).all()
    assert [marker.get_marker() for marker in markers] == ["o", "o"]


def test_the_one_weight_sum_is_the_sum_of_its_parts(ax):
    w = np.linspace(-2, 2, 5)
    parabola, penalty, total, *_ = drawing.one_weight_objective(w, 1.0, 3.0, ax=ax)
    np.testing.assert_allclose(total.get_ydata(), (w - 1) ** 2 + 3 * np.abs(w))
    np.testing.assert_allclose(parabola.get_ydata() + penalty.get_ydata(), total.get_ydata())


def test_ticks_of_weights_are_few_and_have_a_minus_sign(ax):
    drawing.weight_rows(["a", "b"], ax=ax, limit=0.9)
    ax.figure.canvas.draw()
    texts = [tick.get_text() for tick in ax.get_xticklabels() if abs(tick.get_position()[0]) <= 0.9]
    assert texts == ["−0.5", "0", "0.5"]


def test_the_smallest_size_has_a_tick_that_says_that_it_is_no_zero(ax):
    drawing.weight_sizes(np.arange(3), np.ones((1, 3)), ["a"], ax=ax)
    at = {tick.get_text(): tick.get_position()[1] for tick in ax.get_yticklabels()}
    assert at["≤ 0.0001"] == pytest.approx(1e-4) and at["0.001"] == pytest.approx(1e-3)


@pytest.mark.parametrize(
    "names, short",
    [
        (["age", "exactly_14_chr"], ["age", "exactly_14_chr"]),
        (["median_house_value_per_room", "age"], ["median_…r_room", "age"]),
        (
            ["median_income", "median_house_value", "median_house_age"],
            ["median_income", "median_…_value", "median_…se_age"],
        ),
        (["value_of_1990_in_the_north", "value_of_2000_in_the_north"], ["value_of_19…th", "value_of_20…th"]),
        (
            ["share_of_the_north_in_the_whole", "share_of_the_south_in_the_whole"],
            ["share_o…1…hole", "share_o…2…hole"],
        ),
        (["two\nlines", "a  gap"], ["two lines", "a gap"]),
        (["a b", "a  b"], ["a b", "a  b"]),  # only whole are they different
    ],
)
def test_a_long_name_loses_its_middle(names, short):
    assert drawing.short_names(names) == short


def test_short_names_stay_different_whatever_they_are():
    words = ["median", "total", "share", "of", "house", "income", "1990", "2000", "…", "…1…"]
    names = ["_".join(parts) for parts in itertools.product(words, repeat=3)]
    found = drawing.short_names(names)
    assert len(set(found)) == len(names) == 1000
    assert drawing.short_names(found) == found or max(map(len, found)) > 14
    numbered = drawing.short_names([f"a_rather_long_{k:04}_column_name" for k in range(200)])
    assert len(set(numbered)) == 200 and max(map(len, numbered)) <= 14 and "…173…" in numbered[172]


@pytest.mark.parametrize("name", ["$x$", r"$\frac$", "$1,000 ($)", r"a\$b", "_hidden", "_$_$", "µ² > 100 %"])
def test_a_name_is_drawn_as_it_reads(ax, name):
    drawing.weight_path(np.array([0.1, 1]), np.ones((2, 1)), [name], ax=ax)
    legend = ax.legend()
    rows = ax.figure.add_subplot()
    drawing.weight_rows([name], ax=rows, limit=1)
    for text in (*legend.get_texts(), *rows.get_yticklabels()):
        drawn, is_math = text._preprocess_math(text.get_text())
        assert not is_math and drawn.lstrip("\u200b") == name
    assert len(legend.get_texts()) == 1
    ax.figure.canvas.draw()


def test_the_others_share_one_row(ax):
    drawing.weight_rows(["a", "b"], ax=ax, limit=1, others=38)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["a", "b", "+ 38 others"]
    assert ax.get_ylim() == (2.5, -0.5)
    drawing.weight_rows(["a"], ax=ax, limit=1, others=1)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["a", "+ 1 other"]


def test_twelve_lines_differ_by_colour_or_dashes(ax):
    with plt.style.context("lasso_helpers.classroom"):
        figure, ax = plt.subplots()
        lines = drawing.weight_path(np.array([0.1, 1]), np.ones((2, 12)), list("abcdefghijkl"), ax=ax)
        plt.close(figure)
    assert len({(line.get_color(), line.get_linestyle()) for line in lines}) == 12


def test_joined_lines_are_apart():
    x, y = drawing.joined(np.array([1.0, 2]), np.array([[[3.0, 4], [5, 6]]]))
    np.testing.assert_array_equal(x, [1, 2, np.nan, 1, 2, np.nan])
    np.testing.assert_array_equal(y, [[3, 4, np.nan, 5, 6, np.nan]])


@pytest.mark.parametrize(
    "value, text",
    [(0, "0"), (0.5, "0.5"), (-20, "−20"), (9999, "9999"), (-1e4, "−1e4"), (250_000, "2.5e5"), (1e12, "1e12")]
    + [(1e-4, "0.0001"), (-5e-5, "−5e−5"), (3e5 * (1 + 1e-15), "3e5")],
)
def test_a_plain_number_is_short(value, text):
    assert drawing.plain_number(value) == text


@pytest.mark.parametrize("least_squares", [(0.6, 0.7), (0.2, 3.8), (0.9, 1.1)])
def test_names_of_references_keep_apart(ax, least_squares):
    drawing.reference_levels((1.2, 1.0), least_squares, ax=ax)
    ax.set(yscale="log", ylim=(0.1, 10))
    ax.figure.canvas.draw()
    (low, high), (other_low, other_high) = (
        text.get_window_extent().get_points()[:, 1] for text in sorted(ax.texts, key=lambda text: text.xy[1])
    )
    assert high < other_low or other_high < low


def test_one_cut_for_all_where_it_tells_them_apart():
    found = drawing.short_names([f"sensor_{j}_temperature" for j in (126, 159, 121)] + ["age"])
    assert found == ["sensor_126_…re", "sensor_159_…re", "sensor_121_…re", "age"]


@pytest.mark.parametrize(
    "limit, texts",
    [(6e5, ["−5e5", "5e5"]), (1.98e-4, ["−1e−4", "1e−4"]), (9e3, ["−5000", "0", "5000"])],
)
def test_long_ticks_of_weights_leave_out_the_zero(ax, limit, texts):
    drawing.weight_rows(["a", "b"], ax=ax, limit=limit)
    ax.figure.canvas.draw()
    assert [tick.get_text() for tick in ax.get_xticklabels() if abs(tick.get_position()[0]) <= limit] == texts


def test_heights_and_their_axis_have_the_weights_unit(ax):
    weights = np.array([[0.0, 1e-9, -0.5], [0.3, 0.0, 0.0]])
    np.testing.assert_allclose(drawing.heights(1e5 * weights, 1e5), 1e5 * drawing.heights(weights))
    drawing.weight_sizes(np.arange(3), np.ones((1, 3)), ["a"], ax=ax, unit=1e5)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [
        "exactly 0",
        "≤ 10",
        "100",
        "1000",
        "1e4",
        "1e5",
    ]
    drawing.weight_sizes(np.arange(3), np.ones((1, 3)), ["a"], ax=ax, unit=1e-4)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["exactly 0", "1e−6", "0.0001", "1"]
