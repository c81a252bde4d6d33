"""What was decided about a table, and the numbers that come of it."""

from typing import NamedTuple

import numpy as np

from ..arguments import as_seed
from .cells import Column

CODES = (-99, -999, -9999, -99999, 999, 9999, 99999)  # that stand for "not known"
RARE = 10  # training rows: a value in fewer is easily missing in a fold


class Decisions(NamedTuple):
    """What is done about what stands in the way."""

    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    missing: str | None = None  # "drop rows" or "mean"
    categories: str | None = None  # "dummies"


class Split(NamedTuple):
    """How the rows are split."""

    test_fraction: float
    seed: int
    standardized: bool


class Prepared(NamedTuple):
    """The features in raw units, (rows, n), the label, (rows, 1), and what was done to get there."""

    X: np.ndarray
    y: np.ndarray
    names: list[str]
    label: str
    is_train: np.ndarray  # (rows,)
    is_dummy: np.ndarray  # (n,)
    done: list[str]  # sentences
    looks: list[str]  # what deserves a second look


def prepare(columns: dict[str, Column], label: str, decisions: Decisions, split: Split) -> Prepared:
    """The numbers that come of these decisions, if nothing stands in their way any more."""
    done, looks = [], []
    if decisions.drop:
        done.append(f"columns dropped: {', '.join(decisions.drop)}")
    features = {name: part for name, part in columns.items() if name not in (*decisions.drop, label)}
    y, label, said = _labels(label, columns[label], decisions)
    done += said
    blocks = [_block(name, part, decisions, done) for name, part in features.items()]
    names = [name for block in blocks for name in block[0]]
    is_dummy = np.array(
        [part.is_text for block, part in zip(blocks, features.values()) for _ in block[0]], bool
    )
    X = np.column_stack([block[1] for block in blocks]) if blocks else np.empty((len(y), 0))
    rows = ~np.isnan(y)
    if decisions.missing == "drop rows":
        rows &= ~np.isnan(X).any(axis=1)
    if not rows.all():
        done.append(f"{(~rows).sum()} of {len(rows)} rows left out, as a value is missing in them")
        X, y = X[rows], y[rows]
    is_train = drawn_to_train(len(y), split)
    if decisions.missing == "mean":
        X = _filled(X, is_train, names, done)
    stays = ~(is_dummy & (X[is_train] == X[is_train][:1]).all(axis=0)) & ~np.isnan(X).any(axis=0)
    if not stays.all():
        lost = ", ".join(np.array(names)[~stays])
        done.append(f"left out, as no two training rows differ in them: {lost}")
    X, names, is_dummy = X[:, stays], [name for name, is_in in zip(names, stays) if is_in], is_dummy[stays]
    looks += [
        look for name, part in columns.items() if name not in decisions.drop for look in _look(name, part)
    ]
    return Prepared(X, y[:, None], names, label, is_train, is_dummy, done, looks)


def drawn_to_train(rows, split):
    """Which rows are to train on, (rows,): all but round(test_fraction · rows) of them."""
    is_train = np.ones(rows, dtype=bool)
    num_test = round(split.test_fraction * rows)
    is_train[np.random.default_rng(as_seed(split.seed)).permutation(rows)[:num_test]] = False
    return is_train


def missing_codes(name: str, column: Column, decisions: Decisions) -> list[int]:
    """Numbers that stand apart from all others in their column, as codes for "not known" do."""
    if column.is_text or name in decisions.keep:
        return []
    known = column.values[~np.isnan(column.values)]
    others = known[~np.isin(known, CODES)]
    if not len(others):
        return []
    counts = {code: int((known == code).sum()) for code in CODES}
    apart = {code: others.min() >= 0 if code < 0 else others.max() < code / 10 for code in CODES}
    return [code for code in CODES if counts[code] > (code > 0) and apart[code]]


def known_numbers(name: str, column: Column, decisions: Decisions) -> np.ndarray:
    """A column's numbers, NaN where they are missing or a code for it."""
    codes = missing_codes(name, column, decisions)
    return np.where(np.isin(column.values, codes), np.nan, column.values) if codes else column.values


def _labels(label, column, decisions):
    """y (rows,), the label's name, and what was done to it."""
    if not column.is_text:
        return known_numbers(label, column, decisions), label, []
    numbers, (value, left_out) = _dummies(column.values)
    said = f"label {label}: 1 where it is {value!r}, 0 where it is {left_out!r}"
    return numbers[:, 0], f"{label}={value}", [said]


def _block(name, column, decisions, done):
    """The columns that a column becomes: names and numbers (rows, columns)."""
    if not column.is_text:
        return [name], known_numbers(name, column, decisions)[:, None]
    numbers, values = _dummies(column.values)
    done.append(
        f"{name}: {len(values) - 1} columns of 0 and 1, against {values[-1]!r}, its most frequent value"
    )
    return [f"{name}={value}" for value in values[:-1]], numbers


def _dummies(values):
    """0/1 columns, NaN where the text is missing, of all values but the most frequent; the values, it last."""
    known = [value is not None for value in values]
    found, number, counts = np.unique(values[known].astype(str), return_inverse=True, return_counts=True)
    order = [*np.delete(np.arange(len(found)), counts.argmax()), counts.argmax()]
    numbers = np.full((len(values), len(found) - 1), np.nan)
    numbers[known] = number[:, None] == np.array(order[:-1], dtype=int)
    return numbers, [str(found[k]) for k in order]


def _filled(X, is_train, names, done):
    """Missing numbers replaced by their column's mean over the *training* rows."""
    missing = np.isnan(X)
    if missing.any():
        filled = ", ".join(f"{name} {count}" for name, count in zip(names, missing.sum(axis=0)) if count)
        done.append(f"filled with the training rows' mean, as the test rows must not be looked at: {filled}")
        known = (~missing[is_train]).sum(axis=0)
        sums = np.nansum(X[is_train], axis=0)
        X = np.where(missing, np.divide(sums, known, out=np.full(len(known), np.nan), where=known > 0), X)
    return X


def _look(name, column):
    for look in (*column.notes, *column.looks):
        yield f"{name}: {look}"
