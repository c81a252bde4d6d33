"""What an exercise is: data to draw, a reference with a switch for each usual mistake, and their words."""

import itertools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from .results import parts

# rows and features of each draw; the first is shown by hand
SIZES = ((4, 2), (6, 3), (9, 3), (12, 4), (7, 2), (5, 4), (10, 3), (8, 2))
EXERCISES: dict = {}  # {name: Exercise}, filled by the catalogue


class Exercise(NamedTuple):
    """A task, as `exercise` registers it."""

    reference: Callable  # what draw gives, in float64 -> the right result; with a switch set, a mistake's
    mistakes: dict  # {switch: {value: what was done, in words}}
    draw: Callable  # (rng, m, n) -> {argument: value}, float32 where tensors
    returns: str  # what comes back, in words
    parts: tuple = ("",)  # the names of what comes back, where it is several
    changes: tuple = ()  # arguments that are to be changed in place
    is_value: bool = False  # whether a value is handed in, not a function


class Convention(str):
    """Words for a result by another convention of the field: it passes, with these words as a remark."""


def exercise(draw, returns, *, parts=("",), changes=(), is_value=False, **mistakes):
    """Register a reference as the exercise of its name; the keywords that are no field are its switches.

    The reference gives the right result, an array or a tuple of them. Each of its keyword-only arguments is
    a switch whose default is right; `switch={value: words}` names the mistakes on it. Mistakes on one switch
    exclude each other; those on two switches come in pairs by themselves.
    """

    def register(reference):
        fields = (mistakes, draw, returns, parts, changes, is_value)
        EXERCISES[reference.__name__] = Exercise(reference, *fields)
        return reference

    return register


def draws(task):
    """The arguments of each draw; a checkpoint has only its own data."""
    sizes = SIZES[:1] if task.is_value else SIZES
    return [task.draw(np.random.default_rng(seed), m, n) for seed, (m, n) in enumerate(sizes)]


def slips(task):
    """Each usual mistake as (its words, {switch: value}); conventions first."""
    found = [(words, {switch: value}) for switch, of in task.mistakes.items() for value, words in of.items()]
    return sorted(found, key=lambda slip: not isinstance(slip[0], Convention))


def ways(task):
    """Each mistake alone, then each pair on two switches: (the words, the switches set)."""
    for words, switches in slips(task):
        yield (words,), switches
    for (one, switches), (other, others) in itertools.combinations(slips(task), 2):
        if switches.keys() != others.keys():
            yield (one, other), switches | others


def result_of(task, case, **switches):
    """What the reference gives on a draw with some switches set: a tuple of float64 arrays."""
    result = task.reference(*map(double, case.values()), **switches)
    return parts(result, isinstance(result, tuple))


def double(value):
    """A tensor in float64, anything else as it is."""
    return value.double() if isinstance(value, torch.Tensor) else value
