"""The mechanism of all self-checks: run on drawn data, compare with the reference, then with the mistakes."""

import contextlib
import copy
import io
import random
from typing import Callable, NamedTuple

import numpy as np
import torch

SIZES = (
    (4, 2),
    (6, 3),
    (9, 3),
    (12, 4),
    (7, 2),
)  # rows and features of each draw; the first is shown by hand
TOLERANCE = 1e-4  # of the largest number expected, which leaves room for float32
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
    return [_parts(result, isinstance(result, tuple)) for result in results]


def alike(ours, theirs):
    """Whether a tuple of arrays holds the numbers of another one, up to rounding and whatever the shapes."""
    return len(ours) == len(theirs) and all(
        a.size == b.size and bool((np.abs(a.ravel() - b.ravel()) <= tolerance(b)).all())
        for a, b in zip(ours, theirs)
    )


def tolerance(numbers):
    return TOLERANCE * max(np.abs(numbers).max(initial=0), 0.1)


def _judge(task, name, answer):
    if answer is ...:
        return False, "not attempted yet"
    if task.is_value:
        returned = [answer]
    elif not callable(answer):
        return False, f'hand over the function itself, check("{name}", {name}), not what it returns'
    else:
        returned = []
        for case in draws(task):
            trouble, result = _run(task, answer, case)
            if trouble:
                return False, trouble
            returned.append(result)
    return _compare(task, returned, formula_results(task, task.reference))


def _run(task, answer, case):
    """-> (what went wrong or None, what came back)."""
    given, printed = copy.deepcopy(case), io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            result = answer(*given.values())
    except Exception as error:
        plain = next((words for kind, words in IN_PLAIN_WORDS.items() if isinstance(error, kind)), "")
        first_line = (str(error).splitlines() or [""])[0]
        return f"it stopped with {type(error).__name__}: {first_line}" + (
            f" ({plain})" if plain else ""
        ), None
    if result is ...:
        return "not attempted yet", None
    if result is None and printed.getvalue():
        return "it prints its answer and gives nothing back: end it with `return`, not `print`", None
    if result is None:
        return f"it gives nothing back (None): end it with `return` and {task.returns}", None
    for argument, before in case.items():
        changed = not _unchanged(before, given[argument])
        if changed and argument not in task.changes:
            return (
                f"it changes its argument {argument} in place, under the caller's feet: make a new "
                f"{argument} (a = a - c, not a -= c)"
            ), None
        if argument in task.changes and not changed:
            return f"it leaves {argument} as it was, where the task is to change it in place", None
    return None, result


def _compare(task, returned, expected):
    try:
        got = [_parts(result, several=len(expected[0]) > 1) for result in returned]
    except (TypeError, ValueError, RuntimeError):
        return False, f"it must give back {task.returns}, as numbers, got {type(returned[0]).__name__}"
    if any(len(ours) != len(theirs) for ours, theirs in zip(got, expected)):
        return False, f"it must give back {task.returns}: {len(expected[0])} of them, got {len(got[0])}"
    if any(np.isnan(part).any() for parts in got for part in parts):
        return (
            False,
            "there is NaN (not a number) in what it gives back: somewhere 0/0, or the root of a negative",
        )

    def given_by(formula):
        return all(alike(a, b) for a, b in zip(got, formula_results(task, formula)))

    if given_by(task.reference):
        misfit = next(
            (
                pair
                for ours, theirs in zip(got, expected)
                for pair in zip(ours, theirs)
                if not _shape_will_do(*pair, task.flat)
            ),
            None,
        )
        if misfit is None:
            return True, "right" if task.is_value else f"right, in {len(got)} of {len(got)} draws"
        return False, (
            f"the numbers are right, but shape {misfit[0].shape} came where {misfit[1].shape} is needed "
            f"(it gives back {task.returns}); with other shapes minus and plus pair every row with every row"
        )
    for remark, formula in task.conventions.items():
        if given_by(formula):
            return True, f"right, by another convention: {remark}"
    for words, formula in task.mistakes.items():
        if given_by(formula):
            return False, words
    return False, _describe(task, got, expected)


def _describe(task, got, expected):
    """What can be said of a wrong answer that no formula gives."""
    sizes = [(a.shape, e.shape) for a, e in zip(got[0], expected[0]) if a.size != e.size]
    if sizes:
        return f"it must give back {task.returns}: in a first case shape {sizes[0][1]}, got {sizes[0][0]}"
    ours, theirs = (
        np.concatenate([part.ravel() for parts in lists for part in parts]) for lists in (got, expected)
    )
    off, words = np.abs(ours - theirs).max(), "not right, and by none of the mistakes we know"
    with np.errstate(all="ignore"):
        ratio = (ours * theirs).sum() / (theirs**2).sum()
    if (
        np.isfinite(ratio)
        and abs(ratio) > 1e-6
        and np.abs(ours - ratio * theirs).max() <= 10 * tolerance(ours)
    ):
        words = f"every number is {ratio:.3g} times what it should be"
    right = [
        k + 1
        for k in range(len(expected[0]))
        if all(alike(a[k : k + 1], b[k : k + 1]) for a, b in zip(got, expected))
    ]
    if right:
        words += f" (number {', '.join(map(str, right))} of what comes back is right)"
    wrong = next(k for k in range(len(got)) if not alike(got[k], expected[k]))
    case = (
        []
        if task.is_value
        else [
            f"{name} = {_listed((_array(value),))}"
            for name, value in draws(task)[wrong].items()
            if not isinstance(value, torch.nn.Module)
        ]
    )
    case += [f"expected {_listed(expected[wrong])}", f"got      {_listed(got[wrong])}"]
    return "\n    ".join([f"{words}; largest difference {off:.3g}. A case to try by hand:", *case])


def _shape_will_do(ours, theirs, flat):
    return (
        ours.shape == theirs.shape
        or theirs.size == 1
        or (flat and ours.ndim <= 2 and max(ours.shape) == ours.size)
    )


def _parts(result, several):
    """A result as a tuple of float64 arrays; a model stands for its weight and its bias."""
    if isinstance(result, torch.nn.Module):
        result = (result.weight, result.bias)
    if several and isinstance(result, (tuple, list)):
        return tuple(_array(part) for part in result)
    return (_array(result),)


def _array(value):
    if isinstance(value, (list, tuple)):
        value = [_array(part) for part in value]
    return np.asarray(value.detach() if isinstance(value, torch.Tensor) else value, dtype=np.float64)


def _double(value):
    return value.double() if isinstance(value, torch.Tensor) else value


def _unchanged(before, after):
    if isinstance(before, torch.nn.Module):
        pairs = zip(before.parameters(), after.parameters())
    else:
        pairs = [(before, after)]
    return all(np.shape(a) == np.shape(b) and np.array_equal(_array(a), _array(b)) for a, b in pairs)


def _listed(parts):
    return ", ".join(str(np.round(part, 4).tolist()) for part in parts)


@contextlib.contextmanager
def _random_state_kept():
    kept = random.getstate(), np.random.get_state()
    with torch.random.fork_rng(devices=[]):
        try:
            yield
        finally:
            random.setstate(kept[0])
            np.random.set_state(kept[1])
