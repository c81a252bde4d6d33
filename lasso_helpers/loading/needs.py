"""What a table needs before a lasso can be fitted to it: found in one pass, with what would do about each."""

import re
from typing import Any, NamedTuple

import numpy as np

from ..report import MOST_PAIRED
from .columns import Column, is_sequence
from .prepared import Decisions, Prepared, Split, ends_in_totals, known_numbers, missing_codes, prepare

CONSTANT, A_DATE = "constant", "a date or time, to be made a number first (the year, days since …)"
SAME = 0.999  # |correlation| above which two columns say the same
EXACT = 1e-6  # of the label's variance, below which a sum of columns is the label
MANY = 100  # values of a text, more of which would make a table of dummies
FORMULA = 0.99999  # |correlation|, with digits lost by rounding
ENOUGH = 8  # rows from which on a correlation says something
DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]\d{1,2}:\d\d.*)?|\d{4}-\d\d?|\d{1,2}:\d\d(:\d\d)?"
    r"|\d{1,2}[-. ]+[^\W\d_]{3,9}[-. ]+(\d\d){1,2}|[^\W\d_]{3,9}[-. ]\d{1,2}([-,. ]+\d{4})?"
)
ID_NAME = re.compile(
    r"(?i:(.*[ _.-])?(id|nr|no|num|number|index|key)\.?)|.*[a-z](ID|Id|Nr|No)\.?|.*(nr|num)\.?"
)
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
        if decisions.missing is None and ends_in_totals(columns):
            found.append(Need("a row of totals", "the last, to be left out", {"missing": "drop rows"}))
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
    decisions = decisions._replace(**{**change, **names})
    return decisions._replace(keep=tuple(name for name in decisions.keep if name not in decisions.drop))


def _of_label(label, column, decisions):
    known = _known(label, column, decisions)
    values = _values(known)
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
    why = {name: _useless(name, column, decisions) for name, column in features.items()}
    staying = {name: column for name, column in features.items() if why[name] is None}
    needs = [Need(*said, {"drop": (name,)}) for name, said in why.items() if said]
    if not staying:  # something has to stay
        needs = [need._replace(change=_kept_if_number(need.change, features, need.topic)) for need in needs]
    if decisions.categories is None:
        for name, column in staying.items():
            if column.is_text:
                said = f"{name} ({_listed(_values(_known(name, column, decisions)))})"
                needs.append(Need("text", said, {"categories": "dummies"}))
    return needs + (_missing(staying, columns[label], label, decisions) if decisions.missing is None else [])


def _kept_if_number(change, features, topic):
    (name,) = change["drop"]
    return change if features[name].is_text or topic == CONSTANT else {"keep": (name,)}


def _useless(name, column, decisions):
    """Why nothing can be learned from a column as it is, (topic, said); None if something can."""
    known, rows = _known(name, column, decisions), len(column.values)
    values = _values(known)
    if len(values) < 2:
        what = f"{_only(values)} in {len(known)} rows" if len(known) else "nothing in it"
        return CONSTANT, f"{name} ({what})"
    if name in decisions.keep:
        return None
    if decisions.missing is None and len(known) < rows / 2:
        return "more than half missing", f"{name} ({rows - len(known)} of {rows})"
    if column.is_text:
        return _useless_text(name, column, known, values)
    if len(known) < rows:
        return None
    if is_sequence(known) and not 1500 <= known.min() <= known.max() <= 2100:  # years are a trend
        return "a number for each row", f"{name} ({known.min():g} to {known.max():g})"
    is_whole = bool((known == np.rint(known)).all())
    if is_whole and _are_dates(known):
        return A_DATE, f"{name} ({known[0]:.0f}, …)"
    if is_whole and len(values) == rows > 2 and (ID_NAME.fullmatch(name) or _have_as_many_digits(known)):
        return "an id, different in every row", f"{name} ({known[0]:.0f}, {known[1]:.0f}, …)"
    return None


def _useless_text(name, column, known, values):
    if column.numbers >= len(known) / 2:
        cells = f"{column.numbers} of {len(known)} are numbers; {_listed(values)}"
        return "numbers among other cells: to be made one or the other in the file", f"{name} ({cells})"
    dates = sum(DATE.fullmatch(value) is not None for value in known)
    if dates > len(known) / 2:
        return A_DATE, f"{name} ({known[0]}, …)"
    if len(values) == len(known):
        return "text that is different in every row", f"{name} ({_listed(values)})"
    if len(values) > min(max(10, len(known) / 5), MANY):
        return "text with too many values for dummies", f"{name} ({_listed(values)} in {len(known)} rows)"
    return None


def _have_as_many_digits(known):
    """Whether whole numbers are as long as phone numbers, all of one length, and none is rounded."""
    low, high = np.abs(known).min(), np.abs(known).max()
    return bool(low >= 1e8 and high < 1e18 and np.floor(np.log10(low)) == np.floor(np.log10(high)))


def _are_dates(known):
    """Whether whole numbers are dates written as 20210131."""
    year, month, day = known // 10_000, known // 100 % 100, known % 100
    in_range = (year >= 1800) & (year <= 2100) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return bool(in_range.all())


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
        needs.append(("rows without a gap in the columns that stay", f"{complete.sum()} of {len(complete)}"))
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
    if not np.isfinite(z).all():  # labels too small to be squared
        return []
    with_label = np.abs(z.T @ Z)[0]
    formulas = _formulas(y, Z)
    told = [j for j in range(len(names)) if free[j] and (with_label[j] > SAME or formulas[j])]
    topic = "follows the label almost exactly: is it known before the label is?"
    words = [f"{name} ({how or f'correlation {r:.4f}'})" for name, how, r in zip(names, formulas, with_label)]
    if not told:
        told, words = _making_up_the_label(Z, z, free), names
        topic = "columns that add up to the label"
    if told:
        ways = "drop" if len(told) < len(prepared.names) else "keep"
        return [Need(topic, words[j], {ways: (names[j],)}) for j in told]
    return [] if len(names) > MOST_PAIRED else _copies(names, Z, free)


def _copies(names, Z, free):
    """Columns that say what an earlier one says."""
    between = np.triu(Z.T @ Z, k=1)
    twins = {
        int(j): int(np.abs(between[:, j]).argmax())
        for j in np.flatnonzero((np.abs(between) > SAME).any(axis=0))
    }
    topic = "almost the same as another column"
    return [
        Need(topic, f"{names[j]} (correlation {between[i, j]:.4f} with {names[i]})", {"drop": (names[j],)})
        for j, i in twins.items()
        if free[j]
    ]


def _formulas(y, Z):
    """For each column which formula of the label it is, but for its unit; None for none."""
    with np.errstate(all="ignore"):
        forms = {"its logarithm": np.log(y), "its root": np.sqrt(y), "its square": y**2, "its inverse": 1 / y}
        fits = {name: np.abs(_unit(form).T @ Z)[0] > FORMULA for name, form in forms.items()}  # a NaN never
    return [next((name for name in forms if fits[name][j]), None) for j in range(Z.shape[1])]


def _making_up_the_label(Z, z, free):
    """The fewest columns, largest |weight| first, of which the label is a weighted sum; mostly none."""
    m, n = Z.shape
    gram, with_label = Z.T @ Z, Z.T @ z

    def left_by(chosen):
        part = with_label[chosen]
        return 1 - (part.T @ np.linalg.lstsq(gram[np.ix_(chosen, chosen)], part, rcond=1e-12)[0]).item()

    if n < 2 or m <= 2 * n or left_by(np.arange(n)) > EXACT:
        return []
    order = np.argsort(-np.abs(np.linalg.lstsq(gram, with_label, rcond=1e-12)[0].ravel()))
    count = next((count for count in range(1, n + 1) if left_by(order[:count]) <= EXACT), n)
    told = sorted(order[:count].tolist())
    return told if all(free[j] for j in told) else []


def _unit(columns):
    with np.errstate(all="ignore"):
        centred = columns - columns.mean(axis=0)
        return centred / np.linalg.norm(centred, axis=0)


def _is_missing(name, column, decisions):
    if column.is_text:
        return np.array([value is None for value in column.values], dtype=bool)
    return np.isnan(known_numbers(name, column, decisions))


def _known(name, column, decisions):
    return column.values[~_is_missing(name, column, decisions)]


def _values(known):
    """The different ones among numbers or texts."""
    return np.array(sorted(set(known)), dtype=object) if known.dtype == object else np.unique(known)


def _only(values):
    return "missing" if not len(values) else values[0] if values.dtype == object else f"{values[0]:g}"


def _listed(values):
    few = [*values[:3], "…", values[-1]] if len(values) > 5 else values
    shown = (str(value) if len(str(value)) <= 24 else f"{str(value)[:23]}…" for value in few)
    return f"{len(values)} values: {', '.join(shown)}"
