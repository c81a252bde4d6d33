"""What an exercise is: data to draw, the right formula, and the usual mistakes as formulas."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from .results import parts

# rows and features of each draw; the first is shown by hand
SIZES = ((4, 2), (6, 3), (9, 3), (12, 4), (7, 2))
EXERCISES: dict = {}  # {name: Exercise}, filled by the catalogue


class Exercise(NamedTuple):
    """A task, as `exercise` registers it."""

    draw: Callable  # (rng, m, n) -> {argument: value}, float32 where tensors
    formulas: Callable  # what draw gives, in float64 -> the right result, then words, result, words, result …
    returns: str  # what comes back, in words
    changes: tuple = ()  # arguments that are to be changed in place
    flat: bool = False  # whether (n,) will do for (n, 1)
    is_value: bool = False  # whether a value is handed in, not a function


class Convention(str):
    """Words for a result by another convention of the field: it passes, with these words as a remark."""


def exercise(**fields):
    """Register a generator function as the formulas of an exercise of its name; fields: `Exercise`'s others.

    The generator yields the right result, an array or a tuple of them; then for each usual mistake what was
    done, in words, and what that gives. Words that are a `Convention` come first. A formula is worked out
    only when the generator comes to it, so a right answer does not pay for the mistakes.
    """

    def register(formulas):
        EXERCISES[formulas.__name__] = Exercise(formulas=formulas, **fields)
        return formulas

    return register


def draws(task):
    """The arguments of each draw; a checkpoint has only its own data."""
    sizes = SIZES[:1] if task.is_value else SIZES
    return [task.draw(np.random.default_rng(seed), m, n) for seed, (m, n) in enumerate(sizes)]


def formulas_on(task, *arguments):
    """Each formula's words and its result on some arguments, lazily; first the right one, as "right"."""
    steps = task.formulas(*(_double(value) for value in arguments))
    yield "right", next(steps)
    for words in steps:
        yield words, next(steps)


def formulas_on_draws(task):
    """Each formula's words and its results, lazily: a tuple of float64 arrays for each draw."""
    for of_each_draw in zip(*(formulas_on(task, *case.values()) for case in draws(task))):
        words, _ = of_each_draw[0]
        yield words, [parts(result, isinstance(result, tuple)) for _, result in of_each_draw]


def _double(value):
    return value.double() if isinstance(value, torch.Tensor) else value
