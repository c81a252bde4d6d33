"""The values at which sliders stop, and explorers whose positions are given by values."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure

from ..live_figure import LiveFigure
from .descent_states import STATE_COLORS

STYLE = "lasso_helpers.classroom"
SIZE = (9.28, 4.6)  # inches; at 100 px each JupyterLab's file list leaves room for it at 1366 × 768
NARROW = 4.2  # inches, the width of a page on which panels stand under one another
LRS = [0.001, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.05, 0.07, 0.1, 0.12, 0.15, 0.18, 0.2, 0.22, 0.25]
LRS += [0.26, 0.27, 0.28, 0.29, 0.3, 0.32, 0.35]
LIMIT_OF_LRS = 0.2963  # the 2/h below and above which LRS stop
# Where the lecture's numbers lie on its own data: on others an explorer stops at the same shares.
LAMBDA_1 = 0.5732  # of λ_max, λ = 1
LR_001, LR_01, LR_025 = 0.03375, 0.3375, 0.8437  # of 2/h, α = 0.01, 0.1 and 0.25


class Drawing(NamedTuple):
    """What an explorer draws, wide or narrow, with the numbers that move it."""

    figure: Figure
    moving: Mapping[Any, Any]  # {line: its data at every stop}
    arrows: Collection[Any] = ()  # lines that show by arrows what lies beyond their axes
    pick: Mapping[Any, Any] = {}  # {axes: slider, or (for x, for y)}


def panels(narrow, ratios=(1, 1)):
    """A figure and its axes: beside one another, as wide as `ratios` say, or under one another."""
    if narrow:
        figure = Figure(figsize=(NARROW, 3.4 * len(ratios)))
        return figure, figure.subplots(len(ratios), 1)
    figure = Figure(figsize=SIZE)
    return figure, figure.subplots(1, len(ratios), width_ratios=ratios)


def lambda_grid(highest, every=1):
    """0 to a little above λ_max = highest, round, and the lecture's λ = 1 where it lies between."""
    grid = round_grid(1.1 * highest)[::every]
    return np.union1d(grid, [1.0]) if grid[1] <= 1 <= grid[-1] else grid


def near(values, wanted):
    """The value nearest to `wanted`, NaN (which is no stop) where none lies within a fifth of it."""
    nearest = values[np.abs(values - wanted).argmin()]
    return nearest if abs(nearest - wanted) <= wanted / 5 else np.nan


def lecture_named(at):
    """What a preset at the lecture's shares (λ, α) is called: on its own data they are its own numbers."""
    return "lecture" if np.allclose(at, (1, 0.01)) else "lecture's shares"


def round_grid(largest):
    """0 to at least `largest` in 40 equal steps of 1, 2, 2.5 or 5 times a power of ten."""
    return (round_step(largest / 40, (1, 2, 2.5, 5, 10)) * np.arange(41)).round(12)


def round_step(smallest, digits=(1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)):
    """The smallest of these digits times a power of ten that is at least `smallest`."""
    power = 10.0 ** np.floor(np.log10(smallest))
    return next(digit * power for digit in digits if digit * power >= smallest)


def play_stops(num_iterations):
    """Numbers of steps from 0 to all, 62 or fewer, at first each one, then ever wider apart."""
    if num_iterations <= 61:
        return np.arange(num_iterations + 1)
    return np.unique(np.r_[np.arange(20), np.geomspace(20, num_iterations, 42).round()]).astype(int)


def two_digits(values):
    """Each value rounded to two significant digits."""
    return np.array([float(f"{value:.2g}") for value in values])


def default_lrs(limit):
    """Learning rates from far below 2/h = limit to a little above it: LRS where they reach that far and no
    farther, else LRS stretched to the same shares of 2/h, and rounded.
    """
    stretch = limit / LIMIT_OF_LRS
    if 0.7 < stretch < 1.15:
        return np.array(LRS)
    return np.unique(two_digits(stretch * lr for lr in LRS))  # two may round to the same


def live_by_values(draw, axes, readouts, start, own, given=None, marks=None, play=None, quiet=(), rest=()):
    """A `LiveFigure` with a slider for each of `axes` ({label: values}) of more than one value, and a readout
    for a single one that is not in `quiet`.

    draw: narrow -> `Drawing`, which draws the same lines in the same order on a wide and on a narrow page.
    start, and the positions in `own` and `given` ({name: values}), are values of the first axes; the others
    stand at their stop in `rest`, which has an index for each of `axes`, by default at their last. An
    explorer's own position that is no stop is left out, a start that is none becomes the first stop; a given
    one raises ValueError. Marks, picks and play without a place on a slider are left out.
    """
    lists = list(axes.values())
    kept = [k for k, values in enumerate(lists) if len(values) > 1] or [0]
    sliders = {label: values for k, (label, values) in enumerate(axes.items()) if k in kept}

    def keep(array):
        if isinstance(array, tuple):  # x and y of a line; strings and the colours of a badge
            return tuple(part if isinstance(part, dict) else keep(part) for part in array)
        array = np.asarray(array)
        return array.reshape(*(array.shape[k] for k in kept), *array.shape[len(lists) :])

    def only(stops):
        stops = (*stops, *(rest or [len(values) - 1 for values in lists])[len(stops) :])
        return tuple(stops[k] for k in kept)

    fixed = [label for label in axes if label not in [*sliders, *quiet]]
    readouts = {label: np.full((1,) * len(lists), f"{axes[label][0]:g}") for label in fixed} | readouts
    readouts = {label: keep(words) for label, words in readouts.items()}
    placed = _placed(axes, start, own, given or {}, only)
    placed["marks"] = {
        label: _seen(on, sliders[label]) for label, on in (marks or {}).items() if label in sliders
    }
    placed["play"] = play if play in sliders else None
    with style.context(STYLE):
        return _live(draw(False), draw(True), sliders, readouts, keep, placed)


def _placed(axes, start, own, given, only):
    """The presets and the opening position, as indices of stops."""
    first = dict(list(axes.items())[: np.size(start)])
    presets = {name: only(at) for name, at in _positions(first, own, given).items()}
    return {"presets": presets, "initial": only(_stops(start, list(first.values())) or (0,) * len(first))}


def _live(wide, narrow, sliders, readouts, keep, placed):
    """The `LiveFigure` of a drawing and its narrow twin."""
    lines = dict(zip(wide.moving, zip(wide.moving, narrow.moving)))  # {line: it and its twin}
    moving = {lines[line]: keep(data) for line, data in wide.moving.items()}
    both = dict(zip(zip(wide.pick, narrow.pick), wide.pick.values()))
    return LiveFigure(
        wide.figure,
        sliders,
        moving,
        readouts,
        pick={
            axes: names for axes, names in both.items() if {names} <= {*sliders} or isinstance(names, tuple)
        },
        narrow=narrow.figure,
        arrows=[lines[line] for line in wide.arrows],
        **placed,
    )


def _positions(axes, own, given):
    """{name: indices} of the positions that are stops; ValueError for one in `given` that is not."""
    found = {name: _stops(values, list(axes.values())) for name, values in (own | given).items()}
    for name, wanted in given.items():
        if found[name] is None:
            form = ", ".join(f"one of the {len(values)} values of {label}" for label, values in axes.items())
            raise ValueError(f"presets[{name!r}] must be ({form}), got {wanted!r}")
    return {name: at for name, at in found.items() if at is not None}


def _seen(marks, values):
    """The marks with a place on a slider whose values ascend."""
    ascend = len(values) > 1 and (np.diff(values) > 0).all()
    places = {name: mark[0] if isinstance(mark, tuple) else mark for name, mark in marks.items()}
    return {name: marks[name] for name, at in places.items() if ascend and values[0] <= at <= values[-1]}


def theory_marks(highest, limit):
    """λ_max on the track of λ, 2/h on that of α, which is red beyond."""
    return {"penalty λ": {"λ_max": highest}, "learning rate α": {"2/h": (limit, STATE_COLORS["diverging"])}}


def _stops(wanted, lists):
    """The index of each wanted value in its list, None if one is in none."""
    wanted = np.atleast_1d(wanted)
    found = [np.flatnonzero(np.isclose(values, value)) for values, value in zip(lists, wanted)]
    if len(wanted) != len(lists) or not all(map(len, found)):
        return None
    return tuple(int(at[0]) for at in found)
