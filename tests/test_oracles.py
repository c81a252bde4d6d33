"""Every number an explorer shows, held at 30 stops, and where it opens, against an oracle (`oracles`)."""

import re
from typing import NamedTuple

import numpy as np
import pytest

import lasso_helpers
import oracles
from reading import all_stops, slider_values

STOPS = 30

# What a line is called, by its look

HUES = {"#0072B2": "blue", "#D55E00": "orange", "#222222": "black", "#8A8A8A": "grey", "#C4C4C4": "pale"}
HUES |= {"#A0148C": "magenta", "#7FB8D8": "pale blue"}
KINDS = {("-", "None"): "line", ("--", "None"): "dashes", ("None", "o"): "dots", ("-", "o"): "chain"}
KINDS |= {("None", "D"): "diamonds", ("None", "|"): "caps"}
HOLLOW = {"dots": "hollow circles", "diamonds": "hollow diamonds"}


def by_look(live):
    """{name: (x, y, shown)} of the moving lines. The name is the number of the axes, then the label, or the
    hue and kind where there is none: "1 black dots". What looks alike is numbered in the order of drawing."""
    named = {}
    for line, data in live._moving.items():
        kind = KINDS.get((line.get_linestyle(), line.get_marker()), "unknown")
        kind = HOLLOW[kind] if line.get_markerfacecolor() == "white" else kind
        label = line.get_label()
        look = f"{HUES.get(line.get_color(), 'unknown')} {kind}" if label.startswith("_") else label
        name = f"{live._figures[0].axes.index(line.axes)} {look}"
        repeated = sum(other == name or other.startswith(f"{name} #") for other in named)
        named[f"{name} #{repeated + 1}" if repeated else name] = data
    return named


def at_stop(part, stop):
    """An array over stops at one of them; axes of size 1 do not depend on that slider."""
    return part[tuple(0 if size == 1 else i for size, i in zip(part.shape, stop))]


def drawn(name, x, y):
    """The points of a line; of marks only those that are seen, as the others interrupt nothing."""
    x, y = np.broadcast_arrays(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    seen = np.isfinite(x) & np.isfinite(y) | (not re.search("diamonds|circles|run", name))
    return x[seen], y[seen]


# The explorers, and what their sentences read


class Case(NamedTuple):
    explore: callable  # data -> the explorer
    oracle: callable
    sentence: str  # one regular expression for the whole of it
    solved: str = "nothing"  # matches the names of the lines that show the lasso's minimisers


ERROR = r"(?:[^ ]+|beyond numbers)"
LAM, LR = r"penalty λ = (?P<lam>\S+) · ", r"learning rate α(?: =|:) (?P<lr>\S+) · "
ERRORS = rf"train RMSE: (?P<train>{ERROR}) · test RMSE: (?P<test>{ERROR}) · "
LEARNING = (
    LAM + LR + r"iteration = (?P<t>\d+) · state: (?P<state>[a-z ]+) · " + ERRORS + r"obj. − min: "
    rf"(?P<excess>(?:< )?{ERROR}) · exact zeros: ● (?P<zeros>\d+), ◆ (?P<exact>\d+)"
)
ALONE = LAM + ERRORS + r"minimiser keeps: (?P<kept>\d+) of (?P<n>\d+)"
RIDGE = (
    LAM + r"‖w‖₂: (?P<norm>\S+) · negative weights: (?P<negative>[\w, ]+) · "
    r"train RMSE: (?P<train>\S+) · test RMSE: (?P<test>\S+)"
)
ONE_WEIGHT = (
    r"a = (?P<a>\S+) · " + LAM + r"2\|a\|: (?P<threshold>\S+) · best weight: (?P<best>\S+), "
    r"(?:(?P<zero>exactly 0, because λ ≥ 2\|a\|)|a pulled (?P<pull>\S+) towards 0|(?P<itself>a itself))"
)
GEOMETRY = (
    LAM + r"least squares, lcavol = (?P<x>\S+) · least squares, svi = (?P<y>\S+) · "
    r"t = ‖w‖₁ of the lasso: (?P<size>\S+) · lasso: (?P<lasso>[^·]+) · ridge: (?P<ridge>[^·]+)"
)
DESCENT = (
    LR + r"start, lcavol = (?P<x>\S+) · start, svi = (?P<y>\S+) · "
    r"distance left after 60 steps: (?P<left>[^·]+) · state: (?P<end>[^·]+)"
)
ZEROS = (
    LAM + LR + r"feature = (?P<feature>\d+) · chosen: (?P<chosen>\w+) · 2αλ: (?P<wobble>\S+) · "
    r"exact zeros after (?P<steps>\d+) steps of the loop: (?P<loop>\d+) · "
    r"of the proximal step: (?P<proximal>\d+) · of the minimiser: (?P<exact>\d+) of (?P<n>\d+)"
)
PATH = (
    LAM + r"deal of the rows = (?P<deal>\d+) · "
    r"in: (?P<names>[\w, ]+) · CV error ± one SE: (?P<error>\S+) ± (?P<se>\S+) · "
    r"λ_1se: (?P<one_se>\S+) · λ_min: (?P<lowest>\S+)"
)
PATTERNS = (
    LAM + r"of (?P<patterns>\S+) patterns without a KKT violation: (?P<without>\d+) · "
    r"the next best violates by: (?P<next>\S+) · features in: (?P<inside>\d+)"
)

CASES = {
    "learning curves": Case(
        lambda data: lasso_helpers.explore_learning_curves(data),
        oracles.learning_curves,
        LEARNING,
        ".*(dashes|diamonds)",
    ),
    "λ alone": Case(
        lambda data: lasso_helpers.explore_learning_curves(data, lrs=[0.1]),
        oracles.learning_curves,
        ALONE,
        ".*(dashes|diamonds)",
    ),
    "ridge": Case(lambda data: lasso_helpers.explore_ridge(data), oracles.ridge_weights, RIDGE),
    "one weight": Case(lambda data: lasso_helpers.explore_one_weight(), oracles.one_weight, ONE_WEIGHT),
    "geometry": Case(
        lambda data: lasso_helpers.explore_geometry(data, oracles.TWO), oracles.geometry, GEOMETRY, "0 .*"
    ),
    "descent": Case(lambda data: lasso_helpers.explore_descent(data, oracles.TWO), oracles.descent, DESCENT),
    "zeros": Case(lambda data: lasso_helpers.explore_zeros(data), oracles.zeros, ZEROS),
    "path": Case(lambda data: lasso_helpers.explore_path(data, resamples=3), oracles.path, PATH, ".*"),
    "sign patterns": Case(
        lambda data: lasso_helpers.explore_sign_patterns(data), oracles.sign_patterns, PATTERNS
    ),
}

# Few stops, so that a mistake shows in seconds (benchmarks/mutants.py runs these).
SMALL = {
    "learning curves": lambda data: lasso_helpers.explore_learning_curves(data, [0, 1, 1.8], [0.1, 0.3]),
    "λ alone": lambda data: lasso_helpers.explore_learning_curves(data, [0, 1], [0.1]),
    "ridge": lambda data: lasso_helpers.explore_ridge(data, [0, 1]),
    "one weight": lambda data: lasso_helpers.explore_one_weight([-1, 2], [0, 1, 3]),
    "zeros": lambda data: lasso_helpers.explore_zeros(data, [0, 1], [0.01, 0.3]),
    "geometry": lambda data: lasso_helpers.explore_geometry(data, oracles.TWO, [0, 1]),
    "descent": lambda data: lasso_helpers.explore_descent(data, oracles.TWO, [0.01, 0.7]),
    "path": lambda data: lasso_helpers.explore_path(data, [0.03, 0.35, 1.5], resamples=2),
    "sign patterns": lambda data: lasso_helpers.explore_sign_patterns(data, [0.1, 1]),
}

# What agrees, seen at 300 stops of each explorer:
# - Closed forms agree to rounding, 1e-13. The two loops add up in another order and hover irregularly, yet
#   agree to 3e-12 of each number over 250 steps, even where they diverge to 1e34: near the minimum rounding
#   hardly grows, and no weight comes so near its corner that the two would see it on different sides.
# - The package's lasso stops at a duality gap of 1e-10 of var(y), which allows a weight 4e-5: seen, 7e-6.
#   scikit-learn's, at tol=1e-12, is the nearer one.
# - The absolute part is for what is 0: an excess of 1e-13, four decades below the axis, is rounding.
ROUNDING = {"rtol": 1e-9, "atol": 1e-11}
SOLVED = {"rtol": 0, "atol": 2e-5}


class Held(NamedTuple):
    """An explorer, and what its oracle says at some stops."""

    case: Case
    live: lasso_helpers.LiveFigure
    expected: dict  # stop -> lines, words


def hold(case, data, count):
    live = case.explore(data)
    at = case.oracle(oracles.prostate_as_raw(), slider_values(live))
    stops = all_stops(live)
    some = [stops[i] for i in np.random.default_rng(0).permutation(len(stops))[:count]]
    if "iteration" in live._sliders:  # half of them at rest, where a run ends
        some[::2] = [(*stop[:-1], stops[-1][-1]) for stop in some[::2]]
    expected = {
        stop: at(*(values[i] for values, i in zip(slider_values(live), stop))) for stop in {live.stops, *some}
    }
    return Held(case, live, expected)


@pytest.fixture(scope="module", params=CASES)
def held(request, prostate):
    held = hold(CASES[request.param], prostate, STOPS)
    yield held
    held.live.close()


def test_no_moving_line_is_without_an_oracle(held):
    assert len(held.expected) >= min(len(all_stops(held.live)), 10)
    for lines, _ in held.expected.values():
        assert sorted(lines) == sorted(by_look(held.live)) and len(lines) == len(held.live._moving)


def test_every_moving_line_is_where_the_raw_data_put_it(held):
    shown = by_look(held.live)
    for stop, (lines, _) in held.expected.items():
        for name, recomputed in lines.items():
            tolerance = SOLVED if re.fullmatch(held.case.solved, name) else ROUNDING
            x, y, shown_points = shown[name]
            count = None if shown_points is None else at_stop(shown_points, stop)
            seen = drawn(name, *(at_stop(part, stop)[:count] for part in (x, y)))
            limits = held.live._figures[0].axes[int(name[0])].get_ylim()
            meant = drawn(name, *(limits if part is oracles.HEIGHT else list(part) for part in recomputed))
            for part, numbers in zip(seen, meant):
                np.testing.assert_allclose(part, numbers, **tolerance, err_msg=f"{name} at stop {stop}")


def test_every_number_and_word_of_the_sentence_is_the_raw_datas(held):
    for stop, (_, words) in held.expected.items():
        text = held.live._sentence(stop)
        read = re.fullmatch(held.case.sentence, text)
        assert read, text
        wrong = {
            name: (part, words[name]) for name, part in read.groupdict().items() if part not in words[name]
        }
        assert not wrong and set(words) == set(read.groupdict()), text


@pytest.mark.parametrize("held", ["learning curves"], indirect=True)
def test_the_stops_of_the_main_explorer_meet_all_four_states(held):
    states = {state for _, words in held.expected.values() for state in words["state"]}
    assert states == {"diverging", "arrived", "still descending", "hovering", "running"}


@pytest.mark.parametrize("name", SMALL)
def test_small_explorers_are_the_raw_datas(name, prostate):
    held = hold(CASES[name]._replace(explore=SMALL[name]), prostate, count=15)
    test_no_moving_line_is_without_an_oracle(held)
    test_every_moving_line_is_where_the_raw_data_put_it(held)
    test_every_number_and_word_of_the_sentence_is_the_raw_datas(held)
    held.live.close()
