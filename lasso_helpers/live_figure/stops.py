"""What is given at every stop of some sliders: checked, and read at one of them."""

import numpy as np


def slider_values(label, values):
    """The values of a slider as a list of numbers, and as they are shown."""
    values = np.asarray(values)
    if values.ndim != 1 or values.size == 0 or values.dtype.kind not in "iuf":
        raise ValueError(f"sliders[{label!r}] must be a list of one number or more, got {values.tolist()!r}")
    shown = [f"{value:g}" for value in values]
    if len(set(shown)) < len(shown):
        twice = next(text for text in shown if shown.count(text) > 1)
        raise ValueError(f"sliders[{label!r}] must hold values that read differently, got {twice} twice")
    return values.tolist(), shown


def whole(name, at, counts):
    """`at` as a tuple of whole numbers, one for each slider."""
    listed = tuple(np.atleast_1d(np.asarray(at, dtype=object)).tolist())
    if len(listed) != len(counts) or not all(isinstance(i, (int, np.integer)) for i in listed):
        raise ValueError(f"{name} must be an index for each slider, below {counts}, got {at}")
    return tuple(int(i) for i in listed)


def indices(name, at, counts):
    """`at` as a tuple of the indices of stops, one for each slider."""
    listed = whole(name, at, counts)
    if not all(0 <= i < count for i, count in zip(listed, counts)):
        raise ValueError(f"{name} must be an index for each slider, below {counts}, got {at}")
    return listed


def by_stop(name, array, counts):
    """`array` if its leading axes are the sliders' stops, or 1 where it does not depend on one."""
    array = np.asarray(array)
    if array.ndim < len(counts) or any(size not in (1, count) for size, count in zip(array.shape, counts)):
        raise ValueError(
            f"{name} must have shape {counts} over the sliders, or 1 in place of a number, got {array.shape}"
        )
    return array


def at_stop(array, at):
    """The part of an array that belongs to the stops `at`; an axis of size 1 does not depend on a slider."""
    return array[tuple(i if size > 1 else 0 for i, size in zip(at, array.shape))]


def line_data(line, data, counts):
    """x, y (..., points) of a moving line, and how many of its points are drawn at each stop, or None."""
    if not isinstance(data, tuple):  # y alone: x is the line's own
        data = np.asarray(line.get_xdata(orig=False))[(None,) * len(counts)], data
    x, y, shown = data if len(data) == 3 else (*data, None)
    x, y = (np.ma.filled(np.ma.asarray(part, dtype=float), np.nan) for part in (x, y))
    x, y = by_stop("moving x", x, counts), by_stop("moving y", y, counts)
    if x.ndim != len(counts) + 1 or x.ndim != y.ndim or x.shape[-1] != y.shape[-1]:
        raise ValueError(
            f"moving must hold arrays of shape {(*counts, 'points')} with as many points in x "
            f"as in y, got {x.shape} and {y.shape}"
        )
    if shown is not None:
        shown = by_stop("moving shown", shown, counts)
        if (
            shown.ndim != len(counts)
            or shown.dtype.kind not in "iu"
            or shown.min() < 0
            or shown.max() > x.shape[-1]
        ):
            raise ValueError(
                f"moving shown must be numbers of points from 0 to {x.shape[-1]}, got {shown.tolist()}"
            )
    return x, y, shown


def readouts(given, counts):
    """{label: (words, which of them stands at each stop, the colour of each word or None)}."""
    if not isinstance(given, dict):
        raise ValueError(f"readouts must be a dict of {{label: strings}}, got {type(given).__name__}")
    return {label: _readout(label, part, counts) for label, part in given.items()}


def _readout(label, given, counts):
    texts, colors = given if isinstance(given, tuple) and isinstance(given[1], dict) else (given, None)
    texts = by_stop(f"readouts[{label!r}]", texts, counts)
    if texts.ndim != len(counts):
        raise ValueError(f"readouts[{label!r}] must be strings of shape {counts}, got shape {texts.shape}")
    said = list(map(str, texts.ravel().tolist()))
    words = sorted(set(said))
    missing = set(words) - set(colors) if colors is not None else ()
    if missing:
        raise ValueError(
            f"readouts[{label!r}] must have a colour for every word, got none for {min(missing)!r}"
        )
    number = {word: k for k, word in enumerate(words)}
    return words, np.array([number[word] for word in said]).reshape(texts.shape), colors


def word_at(readout, at):
    """What a readout says at a stop."""
    words, which, _ = readout
    return words[at_stop(which, at)]


def mark_places(label, marks, values):
    """[name, place, colour beyond it or None] of values on a track, from 0 (first stop) to 1 (last stop)."""
    ascending = list(np.sort(values)) == list(values)
    if marks and (not ascending or len(values) < 2):
        raise ValueError(f"marks[{label!r}] must be of a slider whose values ascend, got {list(values)}")
    stops, places = np.arange(len(values)), []
    for name, mark in marks.items():
        value, beyond = mark if isinstance(mark, tuple) else (mark, None)
        if not values[0] <= value <= values[-1]:
            raise ValueError(
                f"marks[{label!r}][{name!r}] must lie from {values[0]:g} to {values[-1]:g}, got {value!r}"
            )
        places.append([name, float(np.interp(value, values, stops) / stops[-1]), beyond])
    return places
