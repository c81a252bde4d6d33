"""The judging of all self-checks: compare with the reference, then with what its switches give."""

from typing import Any

import numpy as np

from .describing import by_hand, description, judged
from .exercises import EXERCISES, Convention, draws, result_of, ways
from .page import page
from .results import alike, parts, shape_will_do
from .troubles import taken_from_the_notebook
from .trying import random_state_kept, results_of_draws
from .verdicts import NotAttempted, Verdict, not_attempted, right, wrong


def check(exercise: str, answer: Any) -> Verdict:
    """Try an answer on data drawn for it, and say what was done where it is wrong.

    exercise: a name in the catalogue; answer: the function (at a checkpoint of notebook 07, the value)
    -> Verdict(passed, diagnosis). A mistake, or two at once, is named if it gives what came back in *every*
    draw; what no mistake gives is described by its shape, how far it is off and a first case. Arguments
    are fresh copies, and the random state is left as it was. Raises ValueError for an unknown exercise.
    """
    if exercise not in EXERCISES:
        raise ValueError(f"exercise must be one of {', '.join(sorted(EXERCISES))}, got {exercise!r}")
    with random_state_kept():
        reply = _judge(EXERCISES[exercise], exercise, answer)
    kind = NotAttempted if reply.passed is None else Verdict
    verdict = kind(bool(reply.passed), f"{exercise}: {reply.text()}")
    verdict.html = page(exercise, reply)
    return verdict


def _judge(task, name, answer):
    if answer is ...:
        return not_attempted()
    if task.is_value:
        return _compare(task, [answer], "")
    if not callable(answer):
        return wrong(f'hand over the function itself, `check("{name}", {name})`, not what it returns')
    cases = draws(task)
    taken = taken_from_the_notebook(name, answer, cases[0])
    returned, trouble = results_of_draws(task, answer, cases, taken)
    return trouble or _compare(task, returned, taken)


def _compare(task, returned, taken):
    """The reply to what came back in each draw; taken: the words for names that are no arguments."""
    cases = draws(task)
    expected = [result_of(task, case) for case in cases]
    try:
        got = [parts(result, len(expected[0]) > 1) for result in returned]
    except (TypeError, ValueError, RuntimeError):
        return wrong(f"it must give back {task.returns}, as numbers, got {type(returned[0]).__name__}")
    if any(len(ours) != len(theirs) for ours, theirs in zip(got, expected)):
        return wrong(f"it must give back {task.returns}: {len(expected[0])} of them, got {len(got[0])}")
    if any(np.isnan(part).any() for case in got for part in case):
        return wrong("there is NaN (not a number) in it: somewhere 0/0, or the root of a negative number")
    if all(map(alike, got, expected)):
        return _judge_shapes(task, got, expected)
    for words, switches in ways(task):
        if all(alike(ours, result_of(task, case, **switches)) for ours, case in zip(got, cases)):
            return _named(task, words, got, expected)
    return description(task, got, expected, taken)


def _named(task, words, got, expected):
    """The reply to one or two known slips; a convention of the field among them is none."""
    mistakes = tuple(said for said in words if not isinstance(said, Convention))
    if not mistakes:
        return right(f"right, by another convention: {'; '.join(words)}")
    fields = {"parts": judged(task, got, expected), "is_known": True, **by_hand(task, got, expected)}
    if len(mistakes) == 1:
        return wrong(mistakes[0], **fields)
    return wrong("two mistakes at once", points=mistakes, **fields)


def _judge_shapes(task, got, expected):
    """The numbers are right: are their shapes?"""
    for ours, theirs in zip(got, expected):
        for a, b in zip(ours, theirs):
            if not shape_will_do(a, b):
                return wrong(
                    f"the numbers are right, but shape {a.shape} came where {b.shape} is needed "
                    f"(it gives back {task.returns}): "
                    "with another shape minus and plus pair every row with every row"
                )
    return right("right" if task.is_value else f"right, in {len(got)} of {len(got)} draws")
