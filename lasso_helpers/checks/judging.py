"""The judging of all self-checks: compare with the right formula, then with those of the mistakes."""

from typing import Any

import numpy as np

from .describing import description
from .exercises import EXERCISES, Convention, draws, formulas_on_draws
from .results import alike, parts, shape_will_do
from .trying import random_state_kept, run
from .verdicts import Verdict, not_attempted, right, wrong


def check(exercise: str, answer: Any) -> Verdict:
    """Try an answer on data drawn for it, and say what was done where it is wrong.

    exercise: a name in the catalogue; answer: the function (at a checkpoint of notebook 07, the value)
    -> Verdict(passed, diagnosis). A mistake is named if its formula gives what came back in *every* draw;
    what no formula gives is described by its shape, its size and a first case. Arguments are fresh copies,
    and the random state is left as it was. Raises ValueError for an unknown exercise.
    """
    if exercise not in EXERCISES:
        raise ValueError(f"exercise must be one of {', '.join(sorted(EXERCISES))}, got {exercise!r}")
    with random_state_kept():
        verdict = _judge(EXERCISES[exercise], exercise, answer)
    return verdict._replace(diagnosis=f"{exercise}: {verdict.diagnosis}")


def _judge(task, name, answer):
    if answer is ...:
        return not_attempted()
    if task.is_value:
        return _compare(task, [answer])
    if not callable(answer):
        return wrong(f'hand over the function itself, check("{name}", {name}), not what it returns')
    returned = []
    for number, case in enumerate(draws(task)):
        result, trouble = run(task, answer, case, speak=number == 0)
        if trouble:
            return trouble
        returned.append(result)
    return _compare(task, returned)


def _compare(task, returned):
    """The verdict on what came back in each draw."""
    formulas = formulas_on_draws(task)  # worked out one by one, as far as they are needed
    _, expected = next(formulas)
    several = len(expected[0]) > 1
    try:
        got = [parts(result, several) for result in returned]
    except (TypeError, ValueError, RuntimeError):
        return wrong(f"it must give back {task.returns}, as numbers, got {type(returned[0]).__name__}")
    if any(len(ours) != len(theirs) for ours, theirs in zip(got, expected)):
        return wrong(f"it must give back {task.returns}: {len(expected[0])} of them, got {len(got[0])}")
    if any(np.isnan(part).any() for case in got for part in case):
        return wrong("there is NaN (not a number) in it: somewhere 0/0, or the root of a negative number")
    if _all_alike(got, expected):
        return _judge_shapes(task, got, expected)
    for words, results in formulas:
        if _all_alike(got, results):
            is_convention = isinstance(words, Convention)
            return right(f"right, by another convention: {words}") if is_convention else wrong(words)
    return wrong(description(task, got, expected))


def _all_alike(got, expected):
    return all(alike(ours, theirs) for ours, theirs in zip(got, expected))


def _judge_shapes(task, got, expected):
    """The numbers are right: are their shapes?"""
    for ours, theirs in zip(got, expected):
        for a, b in zip(ours, theirs):
            if not shape_will_do(a, b, task.flat):
                return wrong(
                    f"the numbers are right, but shape {a.shape} came where {b.shape} is needed "
                    f"(it gives back {task.returns}): "
                    "with another shape minus and plus pair every row with every row"
                )
    return right("right" if task.is_value else f"right, in {len(got)} of {len(got)} draws")
