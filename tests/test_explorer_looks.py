"""What stands around the moving lines: names, scales and limits of the axes, legends, presets, by hand.

0.6627 is least squares' error on the training men, 0.7164 its largest weight, and 0.7506
that of lcavol with svi alone.
"""

import numpy as np
import pytest

import lasso_helpers
from reading import presets, slider_values
from test_explorers import EXPLORERS

NAMES = ["lcavol", "lweight", "age", "lbph", "svi", "lcp", "gleason", "pgg45"]
LINEAR, LOG = "linear", "log"
FEATURES = (7.5, -0.5)  # one row a feature, the first on top
START = 4.167  # the larger RMSE, train's, of the common start
ERRORS = ("RMSE", "", LINEAR, LOG, (0, 250), (0.9 * 0.6627, 1.05 * START))
EXCESS = ("iteration", "objective\n− min", "", LINEAR, LOG, (0, 250))
SIGNED = ("weight (◇ = 0)", "", "", LINEAR, LINEAR)
WEIGHTS = ("weight (○ ◇ = 0)", *SIGNED[1:], (-1.25 * 0.7164, 1.25 * 0.7164), FEATURES)
MAP = ("weight of lcavol", "weight of svi")
OWN = (0.751, 0.228)  # least squares of the two, by three digits
SIZES = (LINEAR, LOG, (0, 249), (0.8e-5, 4))
# {explorer: (axes as (x, y, title, scales, x limits, y limits), legends, presets by value)}
LOOKS = {
    "learning curves": (
        [("", *ERRORS), WEIGHTS, (*EXCESS, (0.001 * 1.4376 / 20, 10 * 32.54))],
        ["train", "test", "this run", "minimiser"],
        {
            "lecture": (1, 0.01, 250),
            "least squares": (0, 0.1, 250),
            "hovering": (1, 0.25, 250),
            "diverging": (1, 0.3, 250),
        },
    ),
    "λ alone": (
        [("iteration", *ERRORS), WEIGHTS],
        ["train", "test", "this run", "minimiser"],
        {"least squares": (0,)},
    ),
    "ridge": (
        [
            (*SIGNED, (-1.15 * 0.7164, 1.15 * 0.7164), FEATURES),
            ("penalty λ", "RMSE", "", "symlog", LINEAR, (0, 100), (0.6369, 1.205)),
        ],
        ["train", "test"],
        {"least squares": (0,), "λ = 0.1": (0.1,), "λ = 1": (1,), "λ = 10": (10,)},
    ),
    "one weight": (
        [
            ("weight w", "objective", "", LINEAR, LINEAR, (-3, 3), (-0.4, 9)),
            ("a", "best weight", "", LINEAR, LINEAR, (-3, 3), (-3, 3)),
        ],
        ["(w − a)²", "λ|w|", "sum"],
        {"no penalty": (1, 0), "pulled": (1, 1), "at the threshold": (1, 2), "exactly 0": (1, 3)},
    ),
    "geometry": (
        [
            (*MAP, "lasso: ‖w‖₁", LINEAR, LINEAR, *((-1.05 * 1.5006, 1.05 * 1.5006),) * 2),
            (*MAP, "ridge: ‖w‖₂", LINEAR, LINEAR, *((-1.05 * 1.5006, 1.05 * 1.5006),) * 2),
        ],
        ["least squares: drag it", "minimiser", "a weight is exactly 0"],
        {"least squares": (0, *OWN), "λ = 0.4": (0.4, *OWN), "λ = 1": (1, *OWN)},
    ),
    "descent": (
        [
            (
                *MAP,
                "",
                LINEAR,
                LINEAR,
                (0.8 - 6.4 * 0.2, 0.8 + 6.4 * 0.2),
                (0.2 - 5.4 * 0.2, 0.2 + 5.4 * 0.2),
            ),
            ("iteration", "MSE above its minimum", "", LINEAR, LOG, (0, 60), (3.8886e-8, 388.86)),
        ],
        ["start: drag it", "minimiser"],
        {
            "lecture": (0.01, 1.8, 0.6),
            "half of 2/h": (0.32, 1.8, 0.6),
            "just below 2/h": (0.62, 1.8, 0.6),
            "just above 2/h": (0.64, 1.8, 0.6),
        },
    ),
    "zeros": (
        [
            ("iteration", "|weight|", "lecture's loop", *SIZES),
            ("iteration", "", "proximal step (ISTA)", *SIZES),
        ],
        ["chosen", "others", "2αλ"],
        {
            "lecture": (1, 0.01, 8),
            "half the penalty": (0.5, 0.01, 8),
            "small steps": (1, 0.002, 8),
            "large steps": (1, 0.25, 8),
            "beyond 2/h": (1, 0.32, 8),
        },
    ),
    "path": (
        [
            ("penalty λ", "weight", "", LOG, LINEAR, (0.0061, 1.9), (-0.3821, 0.8861)),
            ("penalty λ", "CV error (MSE)", "", LOG, LINEAR, (0.0061, 1.9), (0.2748, 1.477)),
            (*SIGNED, (-0.9113, 0.9113), FEATURES),
        ],
        ["CV error", "± one SE", "λ", "λ$_{1se}$, min + SE"],
        {
            "λ_max": (1.7446, 0),
            "λ_1se": (0.34, 0),
            "λ_min": (0.026, 0),
            "another deal": (0.34, 1),
            "a third": (0.34, 2),
        },
    ),
    "sign patterns": (
        [
            ("sign pattern, by rank", "largest KKT violation", "", LOG, LOG, (0.8, 1.3 * 3**8), (1e-4, 12)),
            ("sign that fits", "", "", LINEAR, LINEAR, (-1.6, 1.6), FEATURES),
        ],
        [],
        {"λ = 0.1": (0.1,), "λ = 0.5": (0.5,), "λ = 1": (1,)},
    ),
}

OPENINGS = {
    "learning curves": (0, 0.1, 250),
    "λ alone": (0,),
    "ridge": (0,),
    "one weight": (1, 0),
    "geometry": (0, 0.751, 0.228),
    "descent": (0.01, 1.8, 0.6),
    "zeros": (1, 0.01, 8),
    "path": (0.34, 0),
    "sign patterns": (0.5,),
}


@pytest.mark.parametrize("name", EXPLORERS)
def test_what_stands_around_the_lines(name, prostate):
    live = EXPLORERS[name](prostate)
    axes, legend, positions = LOOKS[name]
    assert live.values == OPENINGS[name]
    figure, narrow = live._figures
    for ax, (x, y, title, x_scale, y_scale, x_limits, y_limits) in zip(figure.axes, axes, strict=True):
        assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == (x, y, title)
        assert (ax.get_xscale(), ax.get_yscale()) == (x_scale, y_scale)
        np.testing.assert_allclose(ax.get_xlim(), x_limits, rtol=1e-3)
        np.testing.assert_allclose(ax.get_ylim(), y_limits, rtol=1e-3)
        if y_limits == FEATURES:
            assert [label.get_text() for label in ax.get_yticklabels()] == NAMES
    legends = [*figure.legends, *(ax.get_legend() for ax in figure.axes if ax.get_legend())]
    assert [text.get_text() for part in legends for text in part.get_texts()] == legend
    values = {
        preset: tuple(values[i] for values, i in zip(slider_values(live), at))
        for preset, at in presets(live).items()
    }
    assert list(values) == list(positions)
    for preset, position in positions.items():
        assert values[preset] == pytest.approx(position, rel=1e-4)
    assert tuple(figure.get_size_inches()) == (9.28, 4.6)
    assert narrow.get_size_inches()[0] == 4.2 and len(narrow.axes) == len(figure.axes)
    under_one_another = [ax.get_position().y0 for ax in narrow.axes]
    assert len(set(np.round(under_one_another, 2))) == len(under_one_another)
    live.close()


def test_the_defaults_of_training_and_dealing_are_the_lectures_and_the_notebooks(prostate):
    for explore, data in (
        (lasso_helpers.explore_learning_curves, [0, 1]),
        (lasso_helpers.explore_zeros, [0, 1]),
    ):
        plain = explore(prostate, data, [0.01])
        said = explore(prostate, data, [0.01], num_iterations=250, seed=0)
        assert plain.content["points"] == said.content["points"]
        plain.close()
        said.close()
    plain = lasso_helpers.explore_path(prostate, [0.5, 1])
    said = lasso_helpers.explore_path(prostate, [0.5, 1], resamples=60, folds=10, seed=0)
    assert plain.content["points"] == said.content["points"] and len(slider_values(plain)[1]) == 60
    plain.close()
    said.close()
