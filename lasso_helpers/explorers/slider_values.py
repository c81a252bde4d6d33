"""The values at which sliders stop, and explorers whose positions are given by values."""

import numpy as np
from matplotlib import style

from ..live_figure import LiveFigure

STYLE = "lasso_helpers.classroom"
SIZE = (9.6, 4.1)
LRS = [0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1]
LRS += [0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.24, 0.25, 0.26, 0.27, 0.28, 0.29, 0.3, 0.32, 0.35]
LIMIT_OF_LRS = 0.2963  # the 2/h below and above which LRS stop


def round_grid(largest):
    """0 to at least `largest` in 40 equal steps of 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(largest / 40))
    step = next(digit * power for digit in (1, 2, 2.5, 5, 10) if 40 * digit * power >= largest)
    return (step * np.arange(41)).round(12)


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
    return two_digits(stretch * lr for lr in LRS)


def live_by_values(figure, axes, moving, readouts, start, own, given=None, marks=None, pick=None):
    """A `LiveFigure` with a slider for each of `axes` ({label: values}) of more than one value; a single value
    is a readout.

    start, and the positions in `own` and `given` ({name: values}), are values, one for each of `axes`. An
    explorer's own position that is no stop is left out, a start that is none becomes the first stop;
    a given one raises ValueError. marks, and what is picked, without a place on a slider are left out.
    """
    lists = list(axes.values())
    kept = [k for k, values in enumerate(lists) if len(values) > 1] or [0]

    def keep(array):
        array = np.asarray(array)
        return array.reshape(*(array.shape[k] for k in kept), *array.shape[len(lists) :])

    moving = {
        line: tuple(map(keep, data)) if isinstance(data, tuple) else keep(data)
        for line, data in moving.items()
    }
    positions = {name: _stops(wanted, lists) for name, wanted in (own | (given or {})).items()}
    for name, at in positions.items():
        if at is None and name in (given or {}):
            form = ", ".join(f"one of the {len(values)} values of {label}" for label, values in axes.items())
            raise ValueError(f"presets[{name!r}] must be ({form}), got {given[name]!r}")
    presets = {name: tuple(at[k] for k in kept) for name, at in positions.items() if at is not None}
    start = _stops(start, lists)
    initial = start and tuple(start[k] for k in kept)
    sliders = {label: values for k, (label, values) in enumerate(axes.items()) if k in kept}
    fixed = {label: np.full((1,) * len(kept), f"{values[0]:g}") for label, values in axes.items() if label not in sliders}
    readouts = fixed | {label: _kept(given, keep) for label, given in readouts.items()}
    marks = {label: _seen(marks[label], values) for label, values in sliders.items() if label in (marks or {})}
    pick = {ax: label for ax, label in (pick or {}).items() if label in sliders}
    with style.context(STYLE):
        return LiveFigure(figure, sliders, moving, readouts, presets, initial, marks, pick=pick)


def _kept(given, keep):
    """A readout's strings by the sliders that are kept, and its colours as they are."""
    return (keep(given[0]), given[1]) if isinstance(given, tuple) else keep(given)


def _seen(marks, values):
    """The marks with a place on a slider whose values ascend."""
    ascend = len(values) > 1 and (np.diff(values) > 0).all()
    return {name: value for name, value in marks.items() if ascend and values[0] <= value <= values[-1]}


def _stops(wanted, lists):
    """The index of each wanted value in its list, None if one is in none."""
    wanted = np.atleast_1d(wanted)
    found = [np.flatnonzero(np.isclose(values, value)) for values, value in zip(lists, wanted)]
    if len(wanted) != len(lists) or not all(map(len, found)):
        return None
    return tuple(int(at[0]) for at in found)
