"""Running an answer on drawn data, and what can go wrong before its numbers are looked at."""

import contextlib
import copy
import dataclasses
import io
import random

import numpy as np
import torch

from .describing import shown
from .results import is_unchanged
from .troubles import words_for
from .verdicts import not_attempted, wrong

NOTHING = "it gives nothing back in some cases: there a branch ends without `return`. One of them:"


def results_of_draws(task, answer, cases, taken):
    """-> (what came back in each draw, None), or (None, the reply to the first thing that went wrong)."""
    ran = [run(task, answer, case, taken, speak=number == 0) for number, case in enumerate(cases)]
    returned, troubles = zip(*ran)
    if not any(troubles):
        return returned, None
    first = next(number for number, trouble in enumerate(troubles) if trouble)
    trouble = troubles[first]
    if any(trouble is None for trouble in troubles) and not taken:  # then the case makes the difference
        words = NOTHING if returned[first] is None else f"{trouble.words}. It happens in this case:"
        trouble = dataclasses.replace(trouble, words=words, given=shown(cases[first]))
    return None, trouble


def run(task, answer, case, taken, speak):
    """-> (what came back, None), or (what came back or stopped it, the reply to what went wrong).

    The answer gets copies of the case's values. What it prints is passed on if it may `speak`.
    """
    given, printed = copy.deepcopy(case), io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
            result = answer(*given.values())
    except Exception as error:
        return error, wrong(words_for(error, taken))
    finally:
        if speak:
            print(printed.getvalue(), end="")
    if result is ...:
        return result, not_attempted()
    if result is None and printed.getvalue():
        return None, wrong("it prints its answer and gives nothing back: end it with `return`, not `print`")
    if result is None:
        return None, wrong(f"it gives nothing back (None): end it with `return` and {task.returns}")
    return result, _trouble_in_place(task, case, given)


def _trouble_in_place(task, before, after):
    """The reply to an argument that was changed, or left as it was, against the task; or None."""
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
