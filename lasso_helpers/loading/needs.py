"""What a table needs before a lasso can be fitted to it: found in one pass, with what would do about each."""

import re
from typing import Any, NamedTuple

import numpy as np

from .cells import Column, is_sequence
from .prepared import Decisions, Prepared, Split, known_numbers, missing_codes, prepare

SAME = 0.999  # |correlation| above which two columns say the same
EXACT = 1e-6  # of the label's variance, below which a sum of columns is the label
MANY = 100  # values of a text, more of which would make a table of dummies
ENOUGH = 8  # rows from which on a correlation says something
DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d\d.*)?|\d{1,2}:\d\d(:\d\d)?|\d{4}-\d\d?")
ID_NAME = re.compile(r"(?i)(.*[ _.-])?(id|nr|no|number|index|key)")
KEEPABLE = "keep=(…) in place of drop=(…) holds on to a column you know to be none of this."


class Need(NamedTuple):
    """Something that stands in the way."""

    topic: str
    said: str
    change: dict[str, Any] | None = None  # of `Decisions`, that would do; None: no call can


class Settled(NamedTuple):
    decisions: Decisions
    needs: list[Need]
    prepared: Prepared | None  # None where no call can do


def settle(columns: dict[str, Column], label: str, decisions: Decisions, split: Split) -> Settled:
    """All needs of a table, and the decisions that meet them, by making these and looking again."""
    needs: list[Need] = []
    while True:
        prepared = None
        found = _of_label(label, columns[label], decisions) + _of_columns(columns, label, decisions)
        if not found:
            prepared = prepare(columns, label, decisions, split)
            found = _of_numbers(prepared, decisions, split)
        needs += found
        if not found or any(need.change is None for need in found):
            return Settled(decisions, needs, None if found else prepared)
        for need in found:
            decisions = changed(decisions, need.change)


def changed(decisions, change):
    """The decisions with a change: names are added, the rest takes the place of what stood there."""
    names = {name: (*getattr(decisions, name), *change[name]) for name in change if name in ("drop", "keep")}
    return decisions._replace(**{**change, **names})


def _of_label(label, column, decisions):
    known = _known(label, column, decisions)
    values = np.unique(known.astype(str) if column.is_text else known)
    if len(values) < 2:
        return [Need("label with nothing to predict", f"{label} is {_only(values)} in all rows")]
    if column.is_text and len(values) > 2:
        shown = _listed(values)
        return [Need("label of text", f"{label} ({shown}): the lasso predicts a number, take another label")]
    if column.is_text and decisions.categories is None:
        said = f"{label} ({_listed(values)}), to be predicted as 0 and 1"
        return [Need("label of text", said, {"categories": "dummies"})]
    if decisions.missing is None and len(known) < len(column.values):
        said = f"{label} {len(column.values) - len(known)}, rows that are left out in any case"
        return [Need("missing labels", said, {"missing": "drop rows"})]
    return []


def _of_columns(columns, label, decisions):
    """Needs of single features; then what is missing in those that stay."""
    features = {name: part for name, part in columns.items() if name not in (label, *decisions.drop)}
    if not features:
        return [Need("no features", f"none of {len(columns)} columns is left beside the label")]
    needs, staying = [], {}
    for name, column in features.items():
        topic, said = _useless(name, column, decisions)
        if topic:
            needs.append(Need(topic, said, {"drop": (name,)}))
        else:
            staying[name] = column
    if not staying:  # something has to stay
        kept = {
            name: part
            for name, part in features.items()
            if not part.is_text and len(np.unique(part.values)) > 2
        }
        needs = [
            need._replace(change={"keep": (name,)} if name in kept else need.change)
            for need, name in zip(needs, features)
        ]
    if decisions.categories is None:
        for name, column in staying.items():
            if column.is_text:
                values = np.unique(_known(name, column, decisions).astype(str))
                needs.append(Need("text", f"{name} ({_listed(values)})", {"categories": "dummies"}))
    return needs + (_missing(staying, columns[label], label, decisions) if decisions.missing is None else [])


def _useless(name, column, decisions):
    """Why nothing can be learned from a column as it is: (topic, said), or (None, None)."""
    known, rows = _known(name, column, decisions), len(column.values)
    values = np.unique(known.astype(str) if column.is_text else known)
    if len(values) < 2:
        return "constant", f"{name} ({_only(values)} in {len(known)} rows)"
    if name in decisions.keep:
        return None, None
    if column.is_text:
        return _useless_text(name, known, values, rows)
    if decisions.missing is None and len(known) < rows / 2:
        return "more than half missing", f"{name} ({rows - len(known)} of {rows})"
    if len(known) == rows and is_sequence(known) and not 1500 <= known.min() <= known.max() <= 2100:  # years
        return "a number for each row", f"{name} ({known.min():g} to {known.max():g})"
    whole = bool((known == np.rint(known)).all())
    if whole and len(values) == rows > 2 and (ID_NAME.fullmatch(name) or np.abs(known).min() >= 1e8):
        return "an id, different in every row", f"{name} ({known[0]:.0f}, {known[1]:.0f}, …)"
    return None, None


def _useless_text(name, known, values, rows):
    dates = sum(DATE.fullmatch(value) is not None for value in known)
    if dates > len(known) / 2:
        return "a date, to be made a number first (the year, days since …)", f"{name} ({known[0]}, …)"
    if len(values) == len(known):
        return "text that is different in every row", f"{name} ({_listed(values)})"
    if len(values) > min(max(10, rows / 5), MANY):
        return "text with too many values for dummies", f"{name} ({_listed(values)} in {rows} rows)"
    return None, None


def _missing(features, labels, label, decisions):
    """Cells that are missing, odd or a code in the features that stay, with what would do about them."""
    needs, complete = [], ~_is_missing(label, labels, decisions)
    for name, column in {**features, label: labels}.items():
        for code in missing_codes(name, column, decisions):
            said = f"{name} ({(column.values == code).sum()} times {code})"
            needs.append(("a code for missing, or keep=(…) if it is a number", said))
        if column.odd:
            cells = ", ".join(
                f"{text!r} {count} times" if count > 1 else repr(text) for text, count in column.odd[:4]
            )
            more = f" and {len(column.odd) - 4} others" if len(column.odd) > 4 else ""
            needs.append(("cells that are no numbers, taken as missing", f"{name} ({cells}{more})"))
    for name, column in features.items():
        is_missing = _is_missing(name, column, decisions)
        complete &= ~is_missing
        if is_missing.any():
            needs.append(("missing values", f"{name} {is_missing.sum()}"))
    if needs:
        needs.append(("rows without a gap", f"{complete.sum()} of {len(complete)}"))
    best = "drop rows" if complete.sum() >= max(len(complete) / 2, 5) or not needs else "mean"
    return [Need(topic, said, {"missing": best}) for topic, said in needs]


def _of_numbers(prepared, decisions, split):
    """What shows only in the rows that are to train on."""
    X, y = prepared.X[prepared.is_train], prepared.y[prepared.is_train]
    num_test = (~prepared.is_train).sum()
    if len(X) < 2 or num_test < 1:
        said = f"{len(X)} to train on and {num_test} to test on, of {len(prepared.y)} with test_fraction="
        return [Need("too few rows", f"{said}{split.test_fraction}: 2 and 1 are the least")]
    if not (y != y[0]).any():
        return [
            Need("label with nothing to predict", f"{prepared.label} is {y[0, 0]:g} in all training rows")
        ]
    if not prepared.names:
        return [Need("no features", "none is left in which two training rows differ")]
    constant = [j for j in range(X.shape[1]) if not _varies(X[:, j])]
    if constant:
        said = ((prepared.names[j], X[0, j]) for j in constant)
        return [
            Need("constant in the training rows", f"{name} ({at:g})", {"drop": (name,)}) for name, at in said
        ]
    if len(X) < ENOUGH:
        return []
    return _twins(prepared, X, y, decisions)


def _varies(column):
    """Whether a column has a standard deviation that z-scores can be divided by."""
    return bool((column != column[0]).any()) and column.std() > 1e-13 * np.abs(column).max()


def _twins(prepared, X, y, decisions):
    """Columns that say what the label says, or what another column says."""
    plain = [j for j in range(X.shape[1]) if not prepared.is_dummy[j] and _varies(X[:, j])]
    names = [prepared.names[j] for j in plain]
    free = [name not in decisions.keep for name in names]
    Z, z = _unit(X[:, plain]), _unit(y)
    with_label = np.maximum(np.abs(z.T @ Z)[0], np.abs(_unit(_ranks(y)).T @ _unit(_ranks(X[:, plain])))[0])
    told = [j for j in range(len(names)) if with_label[j] > SAME and free[j]]
    if not told:
        told = _making_up_the_label(Z, z, free)
    if told:
        topic = (
            "the label itself, told in another form"
            if with_label[told[0]] > SAME
            else "columns that add up to the label"
        )
        ways = "drop" if len(told) < len(prepared.names) else "keep"
        said = ((names[j], f"{names[j]} (correlation {with_label[j]:.4f})") for j in told)
        return [Need(topic, text, {ways: (name,)}) for name, text in said]
    alike = np.triu(np.abs(Z.T @ Z) > SAME, k=1)
    pairs = {
        int(j): int(np.flatnonzero(alike[:, j])[0]) for j in np.flatnonzero(alike.any(axis=0)) if free[j]
    }
    topic = "a copy of another column, but for its unit"
    return [Need(topic, f"{names[j]} (of {names[i]})", {"drop": (names[j],)}) for j, i in pairs.items()]


def _making_up_the_label(Z, z, free):
    """The fewest columns, by the size of their weights, of which the label is a weighted sum; mostly none."""
    m, n = Z.shape
    gram, with_label = Z.T @ Z, Z.T @ z

    def left_by(chosen):
        part = with_label[chosen]
        return 1 - (part.T @ np.linalg.lstsq(gram[np.ix_(chosen, chosen)], part, rcond=1e-12)[0]).item()

    if n < 2 or m <= 2 * n or left_by(np.arange(n)) > EXACT:
        return []
    order = np.argsort(-np.abs(np.linalg.lstsq(gram, with_label, rcond=1e-12)[0].ravel()))
    count = next(count for count in range(1, n + 1) if left_by(order[:count]) <= EXACT)
    told = sorted(order[:count].tolist())
    return told if any(free[j] for j in told) else []


def _unit(columns):
    centred = columns - columns.mean(axis=0)
    return centred / np.linalg.norm(centred, axis=0)


def _ranks(columns):
    import pandas

    return pandas.DataFrame(columns).rank().to_numpy()


def _is_missing(name, column, decisions):
    if column.is_text:
        return np.array([value is None for value in column.values], dtype=bool)
    return np.isnan(known_numbers(name, column, decisions))


def _known(name, column, decisions):
    return column.values[~_is_missing(name, column, decisions)]


def _only(values):
    return values[0] if len(values) else "missing"


def _listed(values):
    few = [*values[:3], "…", values[-1]] if len(values) > 5 else values
    return f"{len(values)} values: {', '.join(str(value)[:20] for value in few)}"
