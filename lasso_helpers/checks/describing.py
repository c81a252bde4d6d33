"""What can be said of a wrong answer that no formula gives."""

import numpy as np
import torch

from .exercises import draws
from .results import alike, array, listed, tolerance


def description(task, got, expected):
    """Its shape where that is wrong, else its size, which of its parts are right, and a case by hand."""
    for ours, theirs in zip(got[0], expected[0]):
        if ours.size != theirs.size:
            return f"it must give back {task.returns}: in a first case shape {theirs.shape}, got {ours.shape}"
    ours, theirs = _in_a_row(got), _in_a_row(expected)
    words = _ratio(ours, theirs) or "not right, and by none of the mistakes we know"
    right_parts = _right_parts(got, expected)
    if right_parts:
        words += f" (number {', '.join(right_parts)} of what comes back is right)"
    words += f"; largest difference {np.abs(ours - theirs).max():.3g}. A case to try by hand:"
    return "\n    ".join([words, *_by_hand(task, got, expected)])


def _in_a_row(results):
    """All numbers of all draws."""
    return np.concatenate([part.ravel() for case in results for part in case])


def _ratio(ours, theirs):
    """The words for numbers that are all wrong by the same factor; None if they are not."""
    with np.errstate(all="ignore"):
        ratio = (ours * theirs).sum() / (theirs**2).sum()
        if abs(ratio) > 1e-6 and np.abs(ours - ratio * theirs).max() <= 10 * tolerance(ours):
            return f"every number is {ratio:.3g} times what it should be"
    return None


def _right_parts(got, expected):
    """The places, counted from 1, of the parts that are right in every draw."""
    places = range(len(expected[0]))
    is_right = [all(alike((a[k],), (b[k],)) for a, b in zip(got, expected)) for k in places]
    return [str(k + 1) for k in places if is_right[k]]


def _by_hand(task, got, expected):
    """The lines of the first draw in which the answer is wrong; a checkpoint's data are not shown."""
    first = next(k for k in range(len(got)) if not alike(got[k], expected[k]))
    arguments = {} if task.is_value else draws(task)[first]
    lines = [
        f"{name} = {listed((array(value),))}"
        for name, value in arguments.items()
        if not isinstance(value, torch.nn.Module)
    ]
    return [*lines, f"expected {listed(expected[first])}", f"got      {listed(got[first])}"]
