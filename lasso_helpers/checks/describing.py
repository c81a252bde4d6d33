"""What can be said of a wrong answer: its parts, how far it is off, a case by hand."""

import numpy as np
import torch

from .exercises import draws
from .results import alike, array, tolerance
from .verdicts import wrong


def description(task, got, expected, taken):
    """What no mistake gives: its shape, names taken from the notebook, how far it is off, a case by hand."""
    for ours, theirs in zip(got[0], expected[0]):
        if ours.size != theirs.size:
            shapes = f"in a first case shape {theirs.shape}, got {ours.shape}"
            return wrong("; ".join(filter(None, [taken, f"it must give back {task.returns}: {shapes}"])))
    parts = judged(task, got, expected)
    wrong_parts = [k for k, (_, is_right) in enumerate(parts) if not is_right]
    ours, theirs = _in_a_row(got, wrong_parts), _in_a_row(expected, wrong_parts)
    unknown = "" if len(wrong_parts) < len(parts) else "not right, and "
    words = taken or _ratio(ours, theirs, num_draws=len(got)) or f"{unknown}by none of the mistakes we know"
    words += f"; largest difference {np.abs(ours - theirs).max():.3g}"
    words += ", value by value:" if task.is_value else ". A case to try by hand:"
    return wrong(words, parts=parts, **by_hand(task, got, expected))


def judged(task, got, expected):
    """The name of each part, and whether it is right in every draw."""
    is_right = [all(alike((a[k],), (b[k],)) for a, b in zip(got, expected)) for k in range(len(expected[0]))]
    return tuple(zip(task.parts, is_right))


def by_hand(task, got, expected):
    """The first draw in which the answer is wrong; a checkpoint's data are not shown."""
    first = next(k for k in range(len(got)) if not alike(got[k], expected[k]))
    given = () if task.is_value else shown(draws(task)[first])
    return {"given": given, "compared": tuple(zip(task.parts, expected[first], got[first]))}


def shown(case):
    """The arguments of a draw as (name, array); a model stands as its parameters and its λ."""
    pairs = []
    for name, value in case.items():
        if isinstance(value, torch.nn.Module):
            pairs += [(f"{name}.{part}", array(number)) for part, number in value.named_parameters()]
            pairs.append((f"{name}.lambda_coef", array(value.lambda_coef)))
        else:
            pairs.append((name, array(value)))
    return tuple(pairs)


def _in_a_row(results, places):
    """All numbers of some parts, in all draws."""
    return np.concatenate([case[k].ravel() for case in results for k in places])


def _ratio(ours, theirs, num_draws):
    """The words for numbers that are all wrong by the same factor; None if they are not."""
    with np.errstate(all="ignore"):
        ratio = (ours * theirs).sum() / (theirs**2).sum()
        if abs(ratio) > 1e-6 and np.abs(ours - ratio * theirs).max() <= 10 * tolerance(ours):
            number = "it" if ours.size == num_draws else "every number"
            return f"{number} is {ratio:.3g} times what it should be"
    return None
