"""What a function gives back, as float64 arrays: taken apart, compared, shown."""

import numpy as np
import torch

TOLERANCE = 1e-4  # of the largest number, which leaves room for float32


def parts(result, several):
    """A result as a tuple of arrays, one if not `several`; a model stands for its weights and intercept."""
    if isinstance(result, torch.nn.Module):
        result = (result.weight, result.bias)
    if several and isinstance(result, (tuple, list)):
        return tuple(array(part) for part in result)
    return (array(result),)


def array(value):
    """A number, tensor, array or nested list as an array. Raises TypeError or ValueError for the rest."""
    if isinstance(value, (list, tuple)):
        value = [array(part) for part in value]
    return np.asarray(value.detach() if isinstance(value, torch.Tensor) else value, dtype=np.float64)


def alike(ours, theirs):
    """Whether a tuple of arrays holds the numbers of another one, up to rounding and whatever the shapes."""
    return len(ours) == len(theirs) and all(
        a.size == b.size and bool((np.abs(a.ravel() - b.ravel()) <= tolerance(b)).all())
        for a, b in zip(ours, theirs)
    )


def tolerance(numbers):
    """How far a number may be off that is compared with one of these."""
    return TOLERANCE * max(np.abs(numbers).max(initial=0), 0.1)


def shape_will_do(ours, theirs):
    """Whether a shape will do for another: any for a single number."""
    return ours.shape == theirs.shape or theirs.size == 1


def is_unchanged(before, after):
    """Whether an argument, a model or a tensor, array or number, is what it was."""
    if isinstance(before, torch.nn.Module):
        return all(map(torch.equal, before.parameters(), after.parameters()))
    return np.shape(before) == np.shape(after) and np.array_equal(array(before), array(after))


def listed(arrays):
    """A tuple of arrays in a line, to four decimals."""
    return ", ".join(str(np.round(part, 4).tolist()) for part in arrays)


def digits(number):
    """A number to four decimals, on which all machines agree."""
    shown = f"{number:.4f}" if abs(number) < 1e6 else f"{number:.4g}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown and "e" not in shown else shown
    return "0" if shown == "-0" else shown.replace("-", "−")
