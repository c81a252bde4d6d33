"""A data set: its parts, z-scored and centred."""

from collections.abc import Iterable
from typing import Any, NamedTuple, Self

import numpy as np
import torch
from numpy.typing import ArrayLike

from .arguments import as_inputs_and_labels, as_matrix
from .report import Origin, Report


class Parts(NamedTuple):
    """Training and test data: X (m, n) and y (m, 1), with the columns' names."""

    X_train: torch.Tensor
    y_train: torch.Tensor
    X_test: torch.Tensor
    y_test: torch.Tensor
    feature_names: list[str]
    label: str


class Dataset(Parts):
    """Training and test data as float32 tensors, as the lecture's class reads them: X_train (m, n),
    y_train (m, 1), X_test (k, n), y_test (k, 1), with the columns' names.

    They may be given as tensors, arrays or pandas tables of any precision, and are copied; rows and columns
    go together by their place, not by a pandas index. `.exact` holds the same parts in float64: what solves
    exactly reads them, because columns that depend on each other no longer do once they are rounded to
    float32. Raises ValueError where the parts do not fit together, or hold NaN, infinity, or numbers beyond
    float32.
    """

    exact: Parts
    origin: Origin | None = None  # of what `load_csv` and `from_frame` have read, what `report` says of it

    def __new__(
        cls,
        X_train: ArrayLike,
        y_train: ArrayLike,
        X_test: ArrayLike,
        y_test: ArrayLike,
        feature_names: Iterable[str],
        label: str,
    ) -> Self:
        train = as_inputs_and_labels(X_train, y_train, torch.float64, ("X_train", "y_train"))
        test = as_inputs_and_labels(X_test, y_test, torch.float64, ("X_test", "y_test"))
        names, n = [str(name) for name in feature_names], train[0].shape[1]
        if test[0].shape[1] != n:
            raise ValueError(f"X_test must have X_train's {n} columns, got {test[0].shape[1]}")
        if len(names) != n or len(set(names)) < n:
            raise ValueError(f"feature_names must be {n} different names, for X_train's columns, got {names}")
        X_train, y_train, X_test, y_test = (part.detach().clone() for part in (*train, *test))
        exact = Parts(X_train, y_train, X_test, y_test, names, label)
        X_train, y_train, X_test, y_test = (part.float() for part in exact[:4])
        if not all(bool(part.isfinite().all()) for part in (X_train, y_train, X_test, y_test)):
            raise ValueError("X and y must hold numbers that float32 can hold, got some above 3.4e38")
        data = super().__new__(cls, X_train, y_train, X_test, y_test, names, label)
        data.exact = exact
        return data

    def report(self) -> Report:
        """What was read, decided, made and split, first rows, columns, and what deserves a second look: text,
        or HTML in a notebook. Its `.pictures()` are a figure of the columns, and its words, as for `show`.
        """
        return Report(self)

    def _replace(self, **changes: Any) -> Self:
        return type(self)(**(self.exact._asdict() | changes))


def as_dataset(data: Dataset) -> Dataset:
    """`data`, if it is a `Dataset`."""
    if not isinstance(data, Dataset):
        raise ValueError(f"data must be a Dataset, got {type(data).__name__}")
    return data


def as_varied_dataset(data: Dataset) -> Dataset:
    """`data`, if its training labels differ, and so do the values of one column or more: a λ_max above 0."""
    for name, part in zip(("X_train", "y_train"), as_dataset(data).exact[:2]):
        if not bool((part != part[0]).any()):
            raise ValueError(f"data must have rows in {name} that differ, got {len(part)} alike")
    return data


def zscore(X_train: ArrayLike, X_test: ArrayLike) -> tuple[torch.Tensor, torch.Tensor]:
    """Both parts with the *training* columns' mean and standard deviation (ddof = 1):

        (X − mean(X_train)) / std(X_train)

    X_train (m, n), X_test (k, n) -> the same shapes. Raises ValueError for a constant column.
    """
    X_train = as_matrix("X_train", X_train)
    X_test = as_matrix("X_test", X_test)
    if X_test.shape[1] != X_train.shape[1]:
        raise ValueError(f"X_test must have X_train's {X_train.shape[1]} columns, got {X_test.shape[1]}")
    if len(X_train) < 2:
        raise ValueError(f"X_train must have 2 rows or more to have a standard deviation, got {len(X_train)}")
    constant = [j for j in range(X_train.shape[1]) if bool((X_train[:, j] == X_train[0, j]).all())]
    if constant:
        raise ValueError(f"X_train must have no constant column, got one at index {constant[0]}")
    mean, std = X_train.mean(dim=0), X_train.std(dim=0)
    return (X_train - mean) / std, (X_test - mean) / std


def centre(X, y):
    """X_c = X − x̄, y_c = y − ȳ, x̄ (n,) and ȳ (1,), arrays; a column of one value becomes exactly 0."""
    X_mean, y_mean = (np.where((part != part[0]).any(axis=0), part.mean(axis=0), part[0]) for part in (X, y))
    return X - X_mean, y - y_mean, X_mean, y_mean
