"""The four states, just below and just above each threshold of their definition."""

import numpy as np
import pytest

import lasso_helpers
from lasso_helpers.explorers.descent_states import descent_states

BELOW, ABOVE = 1 - 1e-6, 1 + 1e-6
NEAR = 2.0 / 1000  # of var(y) = 2


def run(level, *pieces):
    """An excess of 100 steps at one level, but for pieces (from, to, value): windows are 10 steps."""
    excess = np.full(100, float(level))
    for begin, end, value in pieces:
        excess[begin:end] = value
    return excess


def state(excess, lam=1.0, lr=0.1, spread=(0.01, 1.0)):
    """The state of one run, whose objective has its minimum at 3."""
    grid = lasso_helpers.CurveGrid(
        np.array([lam]), np.array([lr]), None, None, 3 + excess[None, None], None, None, None
    )
    return descent_states(grid, np.array([3.0]), 2.0, np.array(spread))[0, 0]


def slow(share):
    """The eigenvalue along which a run with α = 0.1 has this share of its distance left after 100 steps."""
    return (1 - share ** (1 / 100)) / 0.1


def zigzag(share):
    """Likewise, with steps that overshoot: 1 − α·eigenvalue is negative."""
    return (1 + share ** (1 / 100)) / 0.1


LOWER = run(1, (-10, None, 0.5))  # its mean is half of the window before
STAIRS = np.linspace(2, 1.9, 10)  # falls at every step, but lies above the steps before


@pytest.mark.parametrize(
    "expected, excess, setting",
    [
        pytest.param("diverging", run(0), {"lr": 2 * ABOVE}, id="α just above 2/h"),
        pytest.param("arrived", run(0), {"lr": 2 * BELOW}, id="α just below 2/h"),
        pytest.param("diverging", run(1), {"lr": 2 * ABOVE, "lam": 0.0}, id="α above 2/h without a penalty"),
        pytest.param("arrived", run(NEAR * BELOW), {}, id="excess just below var(y)/1000"),
        pytest.param("hovering", run(NEAR * ABOVE), {}, id="excess just above var(y)/1000"),
        pytest.param(
            "hovering", run(0, (-10, -9, NEAR * ABOVE)), {}, id="above at the last window's first step"
        ),
        pytest.param("hovering", run(0, (-1, None, NEAR * ABOVE)), {}, id="above at the last step"),
        pytest.param("arrived", run(0, (-11, -10, 1)), {}, id="above at the step before the last window"),
        pytest.param("arrived", run(0), {"lam": 0.0}, id="arrived without a penalty"),
        pytest.param("still descending", run(1), {"lam": 0.0}, id="level without a penalty"),
        pytest.param("hovering", run(1), {"lam": 1e-9}, id="level with the smallest penalty"),
        pytest.param(
            "still descending",
            LOWER,
            {"spread": [slow(0.01 * ABOVE)] * 2},
            id="just over 1 % of the distance left",
        ),
        pytest.param("hovering", LOWER, {"spread": [slow(0.01 * BELOW)] * 2}, id="just under 1 % left"),
        pytest.param(
            "still descending",
            LOWER,
            {"spread": [10, zigzag(0.01 * ABOVE)]},
            id="just over 1 % left in zigzags",
        ),
        pytest.param(
            "hovering", LOWER, {"spread": [10, zigzag(0.01 * BELOW)]}, id="under 1 % left in zigzags"
        ),
        pytest.param(
            "still descending", LOWER, {"spread": [slow(0.02), 10]}, id="over 1 % left in one direction"
        ),
        pytest.param(
            "still descending", run(1, (-10, None, 0.85 * BELOW)), {}, id="mean just over 15 % lower"
        ),
        pytest.param("hovering", run(1, (-10, None, 0.85 * ABOVE)), {}, id="mean just under 15 % lower"),
        pytest.param("still descending", run(1, (-10, None, STAIRS)), {}, id="falls at every step"),
        pytest.param(
            "hovering", run(1, (-10, None, STAIRS), (-5, -4, STAIRS[4])), {}, id="falls but for one step"
        ),
        pytest.param(
            "still descending", run(1, (-10, None, STAIRS), (-11, -10, 1)), {}, id="rose before it fell"
        ),
        pytest.param(
            "still descending",
            run(1, (-20, -10, 2), (-10, None, 1.7 * BELOW)),
            {},
            id="lower than one window earlier",
        ),
        pytest.param(
            "hovering",
            run(1, (-50, -20, 9)),
            {},
            id="lower than two or more windows earlier only",
        ),
    ],
)
def test_a_state_changes_at_its_threshold(expected, excess, setting):
    assert state(excess, **setting) == expected


@pytest.mark.parametrize("steps", [1, 3, 15, 19, 20])
def test_a_level_run_above_the_minimum_hovers_however_short(steps):
    assert state(np.ones(steps)) == "hovering"


def test_windows_of_two_steps_can_fall():
    assert state(np.r_[np.ones(19), 0.99], spread=(0.01, 0.01)) == "still descending"
