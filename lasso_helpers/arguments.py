"""What an argument must be: each function returns it in one form, or raises a ValueError that names the
argument, the form expected and the form received.
"""

import math

import numpy as np
import torch


def as_tensor(name, value):
    """`value` as a tensor of real numbers, a tensor as it is. A pandas Series becomes one column."""
    if isinstance(value, torch.Tensor):
        tensor = value
    elif hasattr(value, "iloc"):  # pandas, without importing it
        tensor = torch.from_numpy(_of_frame(name, value))
    else:
        tensor = torch.from_numpy(_of_numpy(name, value))
    if tensor.is_complex():
        raise ValueError(f"{name} must hold real numbers, got {tensor.dtype}")
    return tensor


def _of_numpy(name, value):
    """A copy for torch: float32 and complex numbers as they are, all others as float64."""
    try:
        array = np.asarray(value)
    except (ValueError, RuntimeError):  # rows of several lengths, tensors with a gradient
        array = np.asarray(None)
    if array.dtype.kind not in "biufc":
        form = f"array of {array.dtype}" if isinstance(value, np.ndarray) else type(value).__name__
        raise ValueError(f"{name} must be a tensor, array or table of numbers, got {form}")
    if np.ma.is_masked(value):
        raise ValueError(f"{name} must have no masked numbers, got {np.ma.count_masked(value)}")
    keeps = array.dtype.kind == "c" or array.dtype == np.float32
    return np.array(array, dtype=array.dtype if keeps else np.float64)


def _of_frame(name, frame):
    """The numbers of a pandas DataFrame or Series, (rows, columns)."""
    frame = frame.to_frame() if frame.ndim == 1 else frame
    for column, dtype in frame.dtypes.items():
        if dtype.kind not in "biuf":
            raise ValueError(f"{name} must have columns of real numbers, got {column!r} of dtype {dtype}")
    return np.array(frame.to_numpy(dtype=np.float64, na_value=np.nan))  # a copy: pandas' own is read-only


def as_matrix(name, value, dtype=None):
    """`value` as a 2-D tensor of finite numbers, with at least one row and one column."""
    matrix = as_tensor(name, value)
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise ValueError(f"{name} must be 2-D with rows and columns, got shape {tuple(matrix.shape)}")
    if dtype is None:
        dtype = matrix.dtype if matrix.is_floating_point() else torch.float64
    matrix = matrix.to(dtype)
    if not bool(matrix.isfinite().all()):
        raise ValueError(f"{name} must hold finite numbers, got NaN or infinity")
    return matrix


def as_array(name, value, columns=None):
    """`value` as a 2-D float64 array, with `columns` columns if given."""
    array = as_matrix(name, value, torch.float64).detach().numpy()
    if columns is not None and array.shape[1] != columns:
        raise ValueError(f"{name} must have {columns} columns, got {array.shape[1]}")
    return array


def as_inputs_and_labels(X, y, dtype, names=("X", "y")):
    """X as (m, n), y as (m, 1)."""
    X, y = as_matrix(names[0], X, dtype), as_matrix(names[1], y, dtype)
    if y.shape != (len(X), 1):
        form = f"({len(X)}, 1), a row for each of {names[0]}'s"
        raise ValueError(f"{names[1]} must be {form}, got shape {tuple(y.shape)}")
    return X, y


def as_arrays(X, y):
    """X (m, n) and y (m, 1) as float64 arrays."""
    return tuple(part.detach().numpy() for part in as_inputs_and_labels(X, y, torch.float64))


def as_number(name, value, at_least=-math.inf, above=-math.inf):
    """One finite number (or an array of one), at least / above a bound, as a float."""
    try:
        plain = value.item() if hasattr(value, "item") else value
        number = math.nan if isinstance(plain, (str, bytes)) else float(plain)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        number = math.nan
    if not (math.isfinite(number) and number >= at_least and number > above):
        bounds = [
            f" {sign} {bound:g}" for sign, bound in (("≥", at_least), (">", above)) if bound > -math.inf
        ]
        raise ValueError(f"{name} must be a finite number{''.join(bounds)}, got {value!r}")
    return number


def as_numbers(name, values, at_least=-math.inf, above=-math.inf):
    """A list of such numbers, not empty, as float64 (K,)."""
    values = as_tensor(name, values).detach()
    if values.ndim != 1 or not len(values):
        raise ValueError(f"{name} must be a list of one number or more, got shape {tuple(values.shape)}")
    return np.array(
        [as_number(f"{name}[{k}]", value, at_least, above) for k, value in enumerate(values.tolist())]
    )


def as_count(name, value, at_least=1):
    """A whole number, as an int."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or value < at_least:
        raise ValueError(f"{name} must be a whole number ≥ {at_least}, got {value!r}")
    return int(value)


def as_seed(value):
    """A whole number ≥ 0, as an int."""
    return as_count("seed", value, at_least=0)


def as_folds(folds, m, seed):
    """How many folds of m rows, dealt by seed, or the rows' own fold numbers, as fold numbers (m,).

    None: 10 folds, or one for each row where there are fewer.
    """
    folds = min(10, m) if folds is None else folds
    if np.ndim(folds) == 0:
        if isinstance(folds, bool) or not isinstance(folds, (int, np.integer)) or not 2 <= folds <= m:
            form = f"a whole number from 2 to the {m} rows, or a fold number for each row"
            raise ValueError(f"folds must be {form}, got {folds!r}")
        return np.random.default_rng(as_seed(seed)).permutation(m) % folds
    numbers = np.asarray(folds)
    different = len(np.unique(numbers))
    if numbers.shape != (m,) or numbers.dtype.kind not in "iu" or different < 2:
        form = f"a whole number for each of the {m} rows, two different ones or more"
        raise ValueError(
            f"folds must hold {form}, got shape {numbers.shape} with {different} different values"
        )
    return numbers
