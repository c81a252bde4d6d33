"""The mechanism of all self-checks: run on drawn data, compare with the reference, then with the mistakes."""

import contextlib
import copy
import io
import random
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from .results import alike, array, is_unchanged, listed, parts, shape_will_do, tolerance

SIZES = (
    (4, 2),
    (6, 3),
    (9, 3),
    (12, 4),
    (7, 2),
)  # rows and features of each draw; the first is shown by hand
IN_PLAIN_WORDS = {
    NameError: "a name is used that nothing has defined",
    AttributeError: "something is asked for a part that it does not have",
    IndexError: "an index points beyond the end",
    ZeroDivisionError: "something is divided by 0",
    TypeError: "an argument is missing, or of the wrong kind",
    RuntimeError: "most often two shapes that do not fit together",
    ValueError: "most often two shapes that do not fit together",
}


class Verdict(NamedTuple):
    """What `check` says. Shown in a cell, it begins with ✅ or with ❌ not yet."""

    passed: bool
    diagnosis: str

    def __repr__(self):
        mark = (
            "✅ " if self.passed else "" if self.diagnosis.endswith("not attempted yet") else "❌ not yet · "
        )
        return mark + self.diagnosis


class Exercise(NamedTuple):
    """A task: formulas take what `draw` gives, in float64, and give back an array or a tuple of them."""

    draw: Callable  # (rng, m, n) -> {argument: value}, float32 where tensors
    reference: Callable
    mistakes: dict  # {what was done, in words: formula}
    returns: str  # what comes back, in words
    conventions: dict = {}  # {remark: formula}: another convention of the field, passed with a remark
    changes: tuple = ()  # arguments that are to be changed in place
    flat: bool = False  # whether (n,) will do for (n, 1)
    is_value: bool = False  # whether a value is handed in, not a function


EXERCISES = {}  # filled by the catalogue


def check(exercise, answer):
    """Try an answer on data drawn for it, and say what was done where it is wrong.

    exercise: a name in the catalogue; answer: the function (at a checkpoint of notebook 07, the value)
    -> Verdict(passed, diagnosis). A mistake is named if its formula gives what came back in *every* draw;
    what no formula gives is described by its shape, its size and a first case. Arguments are fresh copies,
    and the random state is left as it was. Raises ValueError for an unknown exercise.
    """
    if exercise not in EXERCISES:
        raise ValueError(f"exercise must be one of {', '.join(sorted(EXERCISES))}, got {exercise!r}")
    task = EXERCISES[exercise]
    with _random_state_kept():
        passed, diagnosis = _judge(task, exercise, answer)
    return Verdict(passed, f"{exercise}: {diagnosis}")


def draws(task):
    """The arguments of each draw; a checkpoint has only its own data."""
    sizes = SIZES[:1] if task.is_value else SIZES
    return [task.draw(np.random.default_rng(seed), m, n) for seed, (m, n) in enumerate(sizes)]


def formula_results(task, formula):
    """What a formula gives in each draw: a list of tuples of float64 arrays."""
    results = [formula(*(_double(value) for value in case.values())) for case in draws(task)]
    return [parts(result, isinstance(result, tuple)) for result in results]


def _judge(task, name, answer):
    if answer is ...:
        return False, "not attempted yet"
    if task.is_value:
        returned = [answer]
    elif not callable(answer):
        return False, f'hand over the function itself, check("{name}", {name}), not what it returns'
    else:
        returned = []
        for number, case in enumerate(draws(task)):
            trouble, result = _run(task, answer, case, speak=number == 0)
            if trouble:
                return False, trouble
            returned.append(result)
    return _compare(task, returned, formula_results(task, task.reference))


def _run(task, answer, case, speak):
    """-> (what went wrong or None, what came back). What the answer prints is passed on if it may `speak`."""
    given, printed = copy.deepcopy(case), io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            result = answer(*given.values())
    except Exception as error:
        plain = next((words for kind, words in IN_PLAIN_WORDS.items() if isinstance(error, kind)), "")
        first_line = (str(error).splitlines() or [""])[0]
        return f"it stopped with {type(error).__name__}: {first_line}" + f" ({plain})" * bool(plain), None
    finally:
        if speak:
            print(printed.getvalue(), end="")
    if result is ...:
        return "not attempted yet", None
    if result is None and printed.getvalue():
        return "it prints its answer and gives nothing back: end it with `return`, not `print`", None
    if result is None:
        return f"it gives nothing back (None): end it with `return` and {task.returns}", None
    for argument, before in case.items():
        changed = not is_unchanged(before, given[argument])
        if changed and argument not in task.changes:
            return (
                f"it changes its argument {argument} in place: make a new one (a = a - c, not a -= c)",
                None,
            )
        if argument in task.changes and not changed:
            return f"it leaves {argument} as it was, where the task is to change it in place", None
    return None, result


def _compare(task, returned, expected):
    try:
        got = [parts(result, several=len(expected[0]) > 1) for result in returned]
    except (TypeError, ValueError, RuntimeError):
        return False, f"it must give back {task.returns}, as numbers, got {type(returned[0]).__name__}"
    if any(len(ours) != len(theirs) for ours, theirs in zip(got, expected)):
        return False, f"it must give back {task.returns}: {len(expected[0])} of them, got {len(got[0])}"
    if any(np.isnan(part).any() for case in got for part in case):
        return False, "there is NaN (not a number) in it: somewhere 0/0, or the root of a negative number"

    def given_by(formula):
        return all(alike(a, b) for a, b in zip(got, formula_results(task, formula)))

    if given_by(task.reference):
        return _judge_shapes(task, got, expected)
    for remark, formula in task.conventions.items():
        if given_by(formula):
            return True, f"right, by another convention: {remark}"
    for words, formula in task.mistakes.items():
        if given_by(formula):
            return False, words
    return False, _describe(task, got, expected)


def _judge_shapes(task, got, expected):
    """The numbers are right: are their shapes?"""
    for ours, theirs in zip(got, expected):
        for a, b in zip(ours, theirs):
            if not shape_will_do(a, b, task.flat):
                return False, (
                    f"the numbers are right, but shape {a.shape} came where {b.shape} is needed (it gives back "
                    f"{task.returns}): with another shape minus and plus pair every row with every row"
                )
    return True, "right" if task.is_value else f"right, in {len(got)} of {len(got)} draws"


def _describe(task, got, expected):
    """What can be said of a wrong answer that no formula gives."""
    for ours, theirs in zip(got[0], expected[0]):
        if ours.size != theirs.size:
            return f"it must give back {task.returns}: in a first case shape {theirs.shape}, got {ours.shape}"
    ours, theirs = (
        np.concatenate([part.ravel() for case in all_ for part in case]) for all_ in (got, expected)
    )
    words = "not right, and by none of the mistakes we know"
    with np.errstate(all="ignore"):
        ratio = (ours * theirs).sum() / (theirs**2).sum()
        if abs(ratio) > 1e-6 and np.abs(ours - ratio * theirs).max() <= 10 * tolerance(ours):
            words = f"every number is {ratio:.3g} times what it should be"
    columns = range(len(expected[0]))
    right = [k + 1 for k in columns if all(alike(a[k : k + 1], b[k : k + 1]) for a, b in zip(got, expected))]
    if right:
        words += f" (number {', '.join(map(str, right))} of what comes back is right)"
    wrong = next(k for k in range(len(got)) if not alike(got[k], expected[k]))
    by_hand = (
        []
        if task.is_value
        else [
            f"{name} = {listed((array(value),))}"
            for name, value in draws(task)[wrong].items()
            if not isinstance(value, torch.nn.Module)
        ]
    )
    by_hand += [f"expected {listed(expected[wrong])}", f"got      {listed(got[wrong])}"]
    off = np.abs(ours - theirs).max()
    return "\n    ".join([f"{words}; largest difference {off:.3g}. A case to try by hand:", *by_hand])


def _double(value):
    return value.double() if isinstance(value, torch.Tensor) else value


@contextlib.contextmanager
def _random_state_kept():
    kept = random.getstate(), np.random.get_state()
    with torch.random.fork_rng(devices=[]):
        try:
            yield
        finally:
            random.setstate(kept[0])
            np.random.set_state(kept[1])
