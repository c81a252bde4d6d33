"""What was decided about a table, and the numbers that come of it."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from ..arguments import as_seed
from .columns import Column

CODES = (-99, -999, -9999, -99999, 999, 9999, 99999)  # that stand for "not known"
SMALL_CODES = (-8, -9, 77, 88, 98, 99)  # in a column of whole numbers


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
    done = [f"columns dropped: {', '.join(decisions.drop)}"] if decisions.drop else []
    used = {name: column for name, column in columns.items() if name not in decisions.drop}
    y, label_name = _labels(label, used[label], decisions, done)
    X, names, is_dummy = _features(used, label, decisions, done)
    done += _taken_as_missing(used, decisions)
    rows = _staying(X, y, decisions, ends_in_totals(columns), done)
    if not rows.all():
        X, y = X[rows], y[rows]
    is_train = drawn_to_train(len(y), split)
    X = _filled(X, is_train, names, done)
    stays = _is_told(X, is_dummy, is_train)
    if not stays.all():
        lost = ", ".join(names[~stays])
        done.append(f"left out, as no two training rows differ in it; it counts as the reference: {lost}")
    looks = [f"{name}: {look}" for name, column in used.items() for look in column.looks]
    return Prepared(
        X[:, stays], y[:, None], names[stays].tolist(), label_name, is_train, is_dummy[stays], done, looks
    )


def _staying(X, y, decisions, has_totals, done):
    """Which rows stay, (rows,)."""
    is_known = ~np.isnan(y)
    if decisions.missing == "drop rows":
        is_known &= ~np.isnan(X).any(axis=1)
    is_total = np.zeros(len(y), dtype=bool)
    is_total[-1:] = decisions.missing is not None and has_totals
    if is_total.any():
        done.append("the last row left out, as it adds up the others")
    lost = (~is_known & ~is_total).sum()
    if lost:
        done.append(f"{lost} of {len(y)} rows left out, as a value is missing in them")
    return is_known & ~is_total


def _taken_as_missing(columns, decisions):
    """What was written in a cell, and is not known any more."""
    for name, column in columns.items():
        codes = [
            (str(code), (column.values == code).sum()) for code in missing_codes(name, column, decisions)
        ]
        cells = ", ".join(f"{text} ({count})" for text, count in [*codes, *column.odd])
        if cells:
            yield f"{name}: taken as missing: {cells}"


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
    if not len(known) or {known.min(), known.max()}.isdisjoint(CODES + SMALL_CODES):  # one that stands apart
        return []
    codes = CODES + SMALL_CODES if (known == np.rint(known)).all() else CODES
    others = known[~np.isin(known, codes)]
    if not len(others):
        return []
    found = [code for code in codes if (known == code).any()]
    return [code for code in found if (others.min() >= 0 if code < 0 else others.max() < abs(code) / 7)]


def ends_in_totals(columns: dict[str, Column]) -> bool:
    """Whether the last row adds up the others, in two columns of numbers or more, and in half of them."""
    numbers = [column.values for column in columns.values() if not column.is_text and len(column.values) > 3]
    sums = [(np.nansum(values[:-1]), values[-1]) for values in numbers if np.isfinite(values[-1])]
    totals = sum(bool(total != 0 and np.isclose(total, last, rtol=1e-9)) for total, last in sums)
    return totals >= 2 and totals >= len(sums) / 2


def known_numbers(name: str, column: Column, decisions: Decisions) -> np.ndarray:
    """A column's numbers, NaN where they are missing or a code for it."""
    codes = missing_codes(name, column, decisions)
    return np.where(np.isin(column.values, codes), np.nan, column.values) if codes else column.values


def _labels(label, column, decisions, done):
    """y (rows,), and the label's name."""
    if not column.is_text:
        return known_numbers(label, column, decisions), label
    no, yes = sorted({value for value in column.values if value is not None})
    done.append(f"label {label}: 1 where it is {yes!r}, 0 where it is {no!r}")
    return np.array([{no: 0.0, yes: 1.0}.get(value, np.nan) for value in column.values]), f"{label}={yes}"


def _features(columns, label, decisions, done):
    """X (rows, n), NaN where something is missing, the columns' names, and which are made of text."""
    blocks, names, is_dummy = [np.empty((len(columns[label].values), 0))], [], []
    for name, column in columns.items():
        if name == label:
            continue
        if column.is_text:
            numbers, values = _dummies(column.values)
            made = [_new_name(f"{name}={value}", {*columns, *names}) for value in values[:-1]]
            done.append(f"{name}: columns of 0 and 1 for {', '.join(values[:-1])}; {values[-1]} has 0 in all")
        else:
            numbers, made = known_numbers(name, column, decisions)[:, None], [name]
        blocks.append(numbers)
        names += made
        is_dummy += [column.is_text] * len(made)
    return np.hstack(blocks), np.array(names, dtype=object), np.array(is_dummy, dtype=bool)


def _new_name(name, taken):
    return name if name not in taken else _new_name(f"{name}'", taken)


def _dummies(values):
    """0/1 columns, NaN where text is missing, for all values but the most frequent; the values, it last."""
    counts = Counter(value for value in values if value is not None)
    found = sorted(counts)
    last = max(found, key=counts.__getitem__)  # of equals the first
    shown = [value for value in found if value != last]
    place = {value: k for k, value in enumerate([*shown, last])}
    number = np.array([place.get(value, np.nan) for value in values], dtype=np.float64)[:, None]
    numbers = (number == np.arange(len(shown))).astype(np.float64)
    return np.where(np.isnan(number), np.nan, numbers), [*shown, last]


def _filled(X, is_train, names, done):
    """Missing numbers replaced by their column's mean over the *training* rows, if there is one."""
    missing = np.isnan(X)
    if not missing.any():
        return X
    filled = ", ".join(f"{name} {count}" for name, count in zip(names, missing.sum(axis=0)) if count)
    how = "the training rows' mean (of a column of 0 and 1, the share of 1)"
    done.append(f"filled with {how}, as the test rows must not be looked at: {filled}")
    known, sums = (~missing[is_train]).sum(axis=0), np.nansum(X[is_train], axis=0)
    return np.where(missing, np.divide(sums, known, out=np.full(len(known), np.nan), where=known > 0), X)


def _is_told(X, is_dummy, is_train):
    """(n,): not a value of a text that all training rows have, or none; and not a column missing in them."""
    known = ~np.isnan(X.sum(axis=0))
    made = X[is_train][:, is_dummy]
    known[is_dummy] &= (made != made[:1]).any(axis=0)
    return known
