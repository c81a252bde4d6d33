"""Running an answer on drawn data, and what can go wrong before its numbers are looked at."""

import contextlib
import copy
import io
import random

import numpy as np
import torch

from .results import is_unchanged
from .verdicts import not_attempted, wrong

IN_PLAIN_WORDS = {
    NameError: "a name is used that nothing has defined",
    AttributeError: "something is asked for a part that it does not have",
    IndexError: "an index points beyond the end",
    ZeroDivisionError: "something is divided by 0",
    TypeError: "an argument is missing, or of the wrong kind",
    RuntimeError: "most often two shapes that do not fit together",
    ValueError: "most often two shapes that do not fit together",
}


def run(task, answer, case, speak):
    """-> (what came back, None), or (None, the verdict on what went wrong).

    The answer gets copies of the case's values. What it prints is passed on if it may `speak`.
    """
    given, printed = copy.deepcopy(case), io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            result = answer(*given.values())
    except Exception as error:
        return None, wrong(_said_of(error))
    finally:
        if speak:
            print(printed.getvalue(), end="")
    if result is ...:
        return None, not_attempted()
    if result is None and printed.getvalue():
        return None, wrong("it prints its answer and gives nothing back: end it with `return`, not `print`")
    if result is None:
        return None, wrong(f"it gives nothing back (None): end it with `return` and {task.returns}")
    return result, _trouble_in_place(task, case, given)


def _said_of(error):
    first_line = (str(error).splitlines() or [""])[0]
    said = f"it stopped with {type(error).__name__}: {first_line}"
    for kind, words in IN_PLAIN_WORDS.items():
        if isinstance(error, kind):
            return f"{said} ({words})"
    return said


def _trouble_in_place(task, before, after):
    """The verdict on an argument that was changed, or left as it was, against the task; or None."""
    for argument, value in before.items():
        changed, is_wanted = not is_unchanged(value, after[argument]), argument in task.changes
        if changed and not is_wanted:
            return wrong(
                f"it changes its argument {argument} in place: make a new one (a = a - c, not a -= c)"
            )
        if is_wanted and not changed:
            return wrong(f"it leaves {argument} as it was, where the task is to change it in place")
    return None


@contextlib.contextmanager
def random_state_kept():
    """Leave the random state of Python, NumPy and PyTorch as it was."""
    of_python, of_numpy = random.getstate(), np.random.get_state()
    with torch.random.fork_rng(devices=[]):
        try:
            yield
        finally:
            random.setstate(of_python)
            np.random.set_state(of_numpy)
