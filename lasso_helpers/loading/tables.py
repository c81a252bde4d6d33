"""A `Dataset` from a reader's own file or pandas table: what it needs is said in one message."""

import difflib
import json
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from ..arguments import as_number, as_seed
from ..data import Dataset, zscore
from ..report import Origin
from .columns import read_column, read_columns
from .files import read_file
from .needs import KEEPABLE, settle
from .prepared import Decisions, Split


def load_csv(
    path: str | PathLike[str],
    label: str,
    test_fraction: float = 0.3,
    seed: int = 0,
    standardized: bool = True,
    *,
    drop: Iterable[str] = (),
    keep: Iterable[str] = (),
    missing: str | None = None,
    categories: str | None = None,
) -> Dataset:
    """A `Dataset` from a text file whose first line names the columns; `label` is the one to predict.

    How the file is written is recognised: commas, semicolons, tabs, bars or blanks between columns, decimal
    comma, thousands marks, encoding, gzip, percent and currency signs, true and false, comment lines, the
    column in which pandas or R count the rows. `data.report()` says what was recognised.

    What the data need is decided by you. Where something stands in the way, a ValueError names all of it,
    and ends with the call that would load the table:

        drop        columns to leave out
        keep        columns to hold on to, although they look like an id, a code or the label itself
        missing     "drop rows": rows with a missing value are left out; "mean": it becomes the mean of its
                    column over the training rows. Rows without a label are left out in both
        categories  "dummies": a column of text becomes columns of 0 and 1, one less than it has values

    The test rows are round(test_fraction · rows) of them, drawn with `seed`; the features are z-scored by the
    others (`zscore`), the label keeps its unit.
    """
    decisions = _decisions(drop, keep, missing, categories)
    split = _split(test_fraction, seed, standardized)
    written = read_file(path, label)
    columns, notes = read_columns(written), written.notes
    del written  # with the whole text
    call = ("load_csv", json.dumps(str(path), ensure_ascii=False))
    return _dataset(Path(path).name, columns, notes, label, decisions, split, ("path", *call))


def from_frame(
    frame: Any,
    label: str,
    test_fraction: float = 0.3,
    seed: int = 0,
    standardized: bool = True,
    *,
    drop: Iterable[str] = (),
    keep: Iterable[str] = (),
    missing: str | None = None,
    categories: str | None = None,
) -> Dataset:
    """A `Dataset` from a pandas DataFrame, as `load_csv` makes it from a file. The index is no column."""
    if not hasattr(frame, "iloc") or frame.ndim != 2:
        raise ValueError(f"frame must be a pandas DataFrame, got {type(frame).__name__}")
    decisions = _decisions(drop, keep, missing, categories)
    split = _split(test_fraction, seed, standardized)
    names = [" ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in frame.columns]
    if len(set(names)) < len(names):
        raise ValueError(f"frame must have columns with names of their own, got {names}")
    columns = {name: read_column(frame.iloc[:, j]) for j, name in enumerate(names)}
    label = label if isinstance(label, str) else str(label)
    return _dataset("a table", columns, [], label, decisions, split, ("frame", "from_frame", "frame"))


def _decisions(drop, keep, missing, categories):
    for name, value, allowed in (
        ("missing", missing, ("drop rows", "mean")),
        ("categories", categories, ("dummies",)),
    ):
        if value is not None and not (isinstance(value, str) and value in allowed):
            raise ValueError(f"{name} must be {' or '.join(map(repr, allowed))}, or None, got {value!r}")
    listed = {"drop": drop, "keep": keep}
    for name, names in listed.items():
        if isinstance(names, str) or not np.iterable(names):
            raise ValueError(f"{name} must be a list of columns' names, got {names!r}")
    drop, keep = tuple(drop), tuple(keep)
    if {*drop} & {*keep}:
        raise ValueError(f"drop and keep must have no name in common, got {sorted({*drop} & {*keep})}")
    return Decisions(drop, keep, missing, categories)


def _split(test_fraction, seed, standardized):
    fraction = as_number("test_fraction", test_fraction)
    if not 0 < fraction < 1:
        raise ValueError(f"test_fraction must be between 0 and 1, got {test_fraction!r}")
    return Split(fraction, as_seed(seed), bool(standardized))


def _dataset(source, columns, notes, label, decisions, split, call):
    _check_names(columns, label, decisions)
    settled = settle(columns, label, decisions, split)
    size = f"{source}: {len(columns[label].values)} rows, {len(columns)} columns"
    if settled.needs:
        raise ValueError(_message(size, settled, label, split, call))
    made, notes = settled.prepared, [*notes, *_how_cells_are_written(columns)]
    drawn = f"test rows are {split.test_fraction:g} of all, drawn with seed {split.seed}"
    origin = Origin(size, notes, made.done, [drawn], made.looks)
    return parted(made.X, made.y, made.is_train, made.names, made.label, split.standardized, origin)


def parted(X, y, is_train, names, label, standardized, origin):
    """The `Dataset` of rows that are split, X (rows, n) and y (rows, 1), and z-scored if asked for."""
    X_train, X_test = X[is_train], X[~is_train]
    if standardized:
        origin = origin._replace(mean=X_train.mean(axis=0), scale=X_train.std(axis=0, ddof=1))
        X_train, X_test = zscore(X_train, X_test)
    data = Dataset(X_train, y[is_train], X_test, y[~is_train], names, label)
    data.origin = origin
    return data


def _check_names(columns, label, decisions):
    if label not in list(columns):
        near = difflib.get_close_matches(str(label).lower(), {name.lower(): name for name in columns}, n=1)
        near = next((f": is it {name!r}?" for name in columns if [name.lower()] == near), "")
        some = f"{list(columns)[:12]}" + (f" and {len(columns) - 12} others" if len(columns) > 12 else "")
        raise ValueError(f"label must be one of the columns {some}, got {label!r}{near}")
    unknown = [column for column in decisions.drop if column not in columns or column == label]
    if unknown:
        raise ValueError(f"drop must hold names of columns other than the label, got {unknown}")
    unknown = [column for column in decisions.keep if column not in columns]
    if unknown:
        raise ValueError(f"keep must hold names of columns, got {unknown}")


def _how_cells_are_written(columns):
    by_note: dict[str, list[str]] = {}
    for name, column in columns.items():
        for note in column.notes:
            by_note.setdefault(note, []).append(name)
    return [f"{note}: {', '.join(names)}" for note, names in by_note.items()]


def _message(size, settled, label, split, call):
    """All needs by their topic, and the call that meets them."""
    argument, function, first = call
    topics: dict[str, list[str]] = {}
    for need in settled.needs:
        topics.setdefault(need.topic, []).append(need.said)
    lines = [f"{argument}: {size}. Before a lasso can be fitted:"]
    lines += [f"- {topic}: {', '.join(said)}" for topic, said in topics.items()]
    if settled.prepared is None:
        return "\n".join([*lines, "Neither drop, keep, missing nor categories can mend all of that."])
    if settled.decisions.drop or settled.decisions.keep:
        lines.append(KEEPABLE)
    return "\n".join(
        [*lines, "This call would load it:", _call(function, first, label, settled.decisions, split)]
    )


def _call(function, first, label, decisions, split):
    usual = Split(0.3, 0, True)
    said = [f"{name}={value!r}" for name, value, other in zip(Split._fields, split, usual) if value != other]
    for name, value in decisions._asdict().items():
        if isinstance(value, tuple) and value:
            names = ", ".join(json.dumps(one, ensure_ascii=False) for one in value)
            said.append(f"{name}=({names}{',' if len(value) == 1 else ''})")
        elif value:
            said.append(f"{name}={json.dumps(value)}")
    return f"lasso_helpers.{function}({', '.join([first, json.dumps(label, ensure_ascii=False), *said])})"
