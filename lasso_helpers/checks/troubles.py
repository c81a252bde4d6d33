"""Words for an answer that stopped, and for names it takes from the notebook."""

import dis
import re
import traceback
import types

import numpy as np
import torch

# pattern in what Python says -> what it means here; the first that is found speaks
MEANINGS = (
    (r"unexpected keyword.*'ddof'|\(.*ddof=", "`ddof` is NumPy's: a tensor's std divides by m − 1 by itself"),
    (
        r"unexpected keyword.*'(dim|correction|keepdim)'",
        "`dim` and `correction` are PyTorch's: this is a NumPy array, which says `axis` and `ddof`",
    ),
    (
        r"ndarray.*Tensor|Tensor.*ndarray|got \(numpy.ndarray",
        "a NumPy array and a tensor do not mix: stay with one of them, the kind that the arguments have",
    ),
    (
        r"same dtype",
        "float32 and float64 do not mix: NumPy makes float64, where `torch.eye` and `torch.ones` stay with "
        "float32",
    ),
    (
        r"must be Tensor, not (float|int)|got \((float|int)",
        "this is a plain number: PyTorch's functions take tensors, for numbers there are `math` and NumPy",
    ),
    (r"requires grad", "a model's parameters carry gradients: `.detach()` comes before NumPy"),
)
IN_PLAIN_WORDS = {
    UnboundLocalError: "no branch that was taken has set it",
    NameError: "a name is used that nothing has defined",
    AttributeError: "something is asked for a part that it does not have",
    IndexError: "an index points beyond the end",
    ZeroDivisionError: "something is divided by 0",
    TypeError: "an argument is missing, or of the wrong kind",
    RuntimeError: "most often two shapes that do not fit together",
    ValueError: "most often two shapes that do not fit together",
}


def words_for(error, taken):
    """Why an answer stopped; `taken`, names that are no arguments, goes before all other reasons."""
    first_line = (str(error).splitlines() or [""])[0]
    said = f"it stopped with {type(error).__name__}: {first_line}"
    if taken:
        return f"{taken} ({said})"
    meaning = _numpy_on_a_tensor(error) or _meaning(error, first_line)
    return f"{said} ({meaning})" if meaning else said


def _meaning(error, first_line):
    found = [words for pattern, words in MEANINGS if re.search(pattern, first_line)]
    found += [words for kind, words in IN_PLAIN_WORDS.items() if isinstance(error, kind)]
    return found[0] if found else ""


def _numpy_on_a_tensor(error):
    """The words for `np.mean(X, axis=0)` and the like, which NumPy hands on to the tensor's own method."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    for frame in frames:
        is_numpys = frame.f_globals.get("__name__", "").startswith("numpy.")
        if is_numpys and isinstance(frame.f_locals.get("a"), torch.Tensor):
            name = frame.f_code.co_name
            return (
                f"`np.{name}` cannot take a tensor: use the tensor's own, as in `X.{name}(dim=0)`; `dim` is "
                "NumPy's `axis`"
            )
    return None


def taken_from_the_notebook(exercise, answer, case):
    """The words for values that an answer takes from outside its arguments; "" if there are none."""
    code = getattr(answer, "__code__", None)
    values = getattr(answer, "__globals__", {})
    names = [f"`{name}`" for name in _global_names(code) if name in values and _is_value(values[name])]
    if not names:
        return ""
    is_one = len(names) == 1
    return (
        f"{' and '.join(names)} {'is not an argument' if is_one else 'are not arguments'} of {exercise}: "
        f"{'it comes' if is_one else 'they come'} from the notebook and {'belongs' if is_one else 'belong'} "
        f"to other data. Compute inside what is needed, from {', '.join(case)}"
    )


def _global_names(code):
    """The global names that a function reads, its inner functions among them, in the order of reading."""
    if not isinstance(code, types.CodeType):
        return []
    names = [step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"]
    for inner in code.co_consts:
        names += _global_names(inner)
    return list(dict.fromkeys(names))


def _is_value(thing):
    """Whether it holds numbers: one, a tensor, an array, a list, a data set, a model."""
    return isinstance(thing, (int, float, np.ndarray, torch.Tensor, torch.nn.Module, list, tuple))
