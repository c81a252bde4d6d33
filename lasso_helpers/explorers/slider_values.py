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
    return np.unique(two_digits(stretch * lr for lr in LRS))  # two may round to the same


def live_by_values(figure, axes, moving, readouts, start, own, given=None, marks=None, pick=None):
    """A `LiveFigure` with a slider for each of `axes` ({label: values}) of more than one value, and a readout
    for a single one.

    start, and the positions in `own` and `given` ({name: values}), are values, one for each of `axes`. An
    explorer's own position that is no stop is left out, a start that is none becomes the first stop;
    a given one raises ValueError. marks, and what is picked, without a place on a slider are left out.
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
        return tuple(stops[k] for k in kept)

    fixed = {label: values[0] for label, values in axes.items() if label not in sliders}
    readouts = {label: np.full((1,) * len(lists), f"{value:g}") for label, value in fixed.items()} | readouts
    moving, readouts = ({name: keep(data) for name, data in part.items()} for part in (moving, readouts))
    presets = {name: only(at) for name, at in _positions(axes, own, given or {}).items()}
    initial = only(_stops(start, lists) or (0,) * len(lists))
    marks = {label: _seen(here, sliders[label]) for label, here in (marks or {}).items() if label in sliders}
    pick = {ax: label for ax, label in (pick or {}).items() if label in sliders}
    with style.context(STYLE):
        return LiveFigure(figure, sliders, moving, readouts, presets, initial, marks, pick=pick)


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
    return {name: value for name, value in marks.items() if ascend and values[0] <= value <= values[-1]}


def _stops(wanted, lists):
    """The index of each wanted value in its list, None if one is in none."""
    wanted = np.atleast_1d(wanted)
    found = [np.flatnonzero(np.isclose(values, value)) for values, value in zip(lists, wanted)]
    if len(wanted) != len(lists) or not all(map(len, found)):
        return None
    return tuple(int(at[0]) for at in found)
