"""The data sets: read, split, z-scored and centred."""

import csv
import math
import re
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any, NamedTuple, Self

import numpy as np
import torch
from numpy.typing import ArrayLike

from .arguments import as_inputs_and_labels, as_matrix, as_seed

DATASETS = Path(__file__).parent / "datasets"
MISSING = {"", "na", "n/a", "nan", "null", "none", "?", "-", "."}  # how files write "not known"


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


def load_prostate(standardized: bool = True) -> Dataset:
    """The prostate cancer data of Stamey et al. (1989): 67 men to train on, 30 to test on.

    The split is the file's own `train` column, as in *The Elements of Statistical Learning*.
    The label is lpsa, in log(ng/ml); the features are in raw units, or z-scored (`zscore`).
    """
    names, table = _read_csv(DATASETS / "prostate.csv")
    is_train = table[:, names.index("train")] == 1
    keep = [j for j, name in enumerate(names) if name != "train"]
    return _dataset([names[j] for j in keep], table[:, keep], "lpsa", is_train, standardized)


def load_diabetes(standardized: bool = True) -> Dataset:
    """The diabetes data of Efron et al. (2004): 442 patients, 10 features, 30 % of them to test on.

    The label is the disease's progression after a year; the features are in raw units, or z-scored.
    """
    return load_csv(DATASETS / "diabetes.csv", "progression", standardized=standardized)


def load_csv(
    path: str | PathLike[str],
    label: str,
    test_fraction: float = 0.3,
    seed: int = 0,
    standardized: bool = True,
) -> Dataset:
    """A `Dataset` from a CSV file: a header line, then rows of numbers, separated by commas.

    `label` names the column to predict, every other column is a feature. The test rows are
    round(test_fraction · rows) of them, drawn with `seed`. The features are z-scored (`zscore`).
    Raises ValueError, with the first cell that cannot be read, where one is empty, text, or has a
    decimal comma, or columns are not parted by commas; where a column is constant, `label` is no
    column, test_fraction is not between 0 and 1, or too few rows are left. Nothing is guessed or filled in.
    """
    names, table = _read_csv(path)
    if label not in names:
        raise ValueError(f"label must be one of the columns {names}, got {label!r}")
    is_train = _drawn_to_train(len(table), test_fraction, seed)
    for name, column in zip(names, table[is_train].T):
        if (column == column[0]).all() and (standardized or name == label):
            raise ValueError(
                f"path: column {name!r} must not be constant, got {column[0]:g} in all "
                f"{len(column)} training rows: leave it out"
            )
    return _dataset(names, table, label, is_train, standardized)


def _drawn_to_train(rows, test_fraction, seed):
    """Which rows are to train on, (rows,), all but round(test_fraction · rows) of them."""
    if not 0 < test_fraction < 1:
        raise ValueError(f"test_fraction must be between 0 and 1, got {test_fraction!r}")
    num_test = round(test_fraction * rows)
    if num_test < 1 or rows - num_test < 2:
        raise ValueError(
            f"path must name a file that leaves 2 rows or more to train on and 1 to test on, "
            f"got {rows} rows with test_fraction={test_fraction}"
        )
    is_train = np.ones(rows, dtype=bool)
    is_train[np.random.default_rng(as_seed(seed)).permutation(rows)[:num_test]] = False
    return is_train


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


def _dataset(names, table, label, is_train, standardized):
    features = [j for j, name in enumerate(names) if name != label]
    X, y = table[:, features], table[:, [names.index(label)]]
    X_train, X_test = zscore(X[is_train], X[~is_train]) if standardized else (X[is_train], X[~is_train])
    return Dataset(X_train, y[is_train], X_test, y[~is_train], [names[j] for j in features], label)


def _read_csv(path):
    """The column names, and the rows as float64 (rows, columns)."""
    names, *rows = _read_rows(path) or [[]]
    names = [name.strip() for name in names]
    if len(names) < 2 or any(";" in name or "\t" in name for name in names):
        raise ValueError(
            f"path must name a file with commas between its columns, got a first cell "
            f"{''.join(names[:1])!r}: save it with commas there, not semicolons or tabs, and with "
            f"points in its numbers"
        )
    if len(set(names)) < len(names):
        raise ValueError(f"path: every column must have a name of its own, got the header {names}")
    for i, row in enumerate(rows, start=1):
        for j, (name, cell) in enumerate(zip(names, row)):
            if not _is_finite_number(cell):
                remedy = _remedy(cell, [other[j] for other in rows if j < len(other)])
                raise ValueError(
                    f"path: row {i}, column {name!r} must be a finite number, got {cell!r}{remedy}"
                )
        if len(row) != len(names):
            raise ValueError(
                f"path: row {i} must have {len(names)} cells like the header, got {len(row)}: {row}"
            )
    return names, np.array(rows, dtype=np.float64).reshape(len(rows), len(names))


def _read_rows(path):
    """The lines that hold something, as lists of cells."""
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            return [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
    except UnicodeDecodeError:
        raise ValueError(f"path must name a text file in UTF-8 (save it as CSV UTF-8), got {path}") from None


def _remedy(cell, column):
    """What to do about a cell that is no number."""
    if cell.strip().lower() in MISSING:
        return ", a missing value: fill it in, or leave out its row or its column"
    if re.fullmatch(r"\s*[-+]?[\d.]*,\d+\s*", cell):
        return ", with a decimal comma: write a point"
    if not any(_is_finite_number(other) for other in column):
        return ", in a column of text: leave it out, or write it as columns of 0 and 1"
    return ""


def _is_finite_number(cell):
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False
