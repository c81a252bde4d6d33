"""What stands in the cells of a column: numbers, in the many forms people write them, text, or nothing."""

import re
from collections import Counter
from typing import Any, NamedTuple

import numpy as np

LARGEST = 1e37  # float32 ends at 3.4e38
MOSTLY = 0.8  # so many of the cells that are known must be numbers in a column of numbers
# How files write "not known", in a column of text too.
NOT_KNOWN = ["", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "?", ".", "-", "--", "#N/A", "#NA", "<NA>"]
UNKNOWN = {"", "-", "--", "---", "none", "unknown", "missing", "n.a.", "k.a.", "nd", "n.d.", "*", "..", "…"}
UNKNOWN |= {"na", "n/a", "nan", "null", "#n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!"}
SPACES = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "−": "-", "’": "'"})
NUMBER = r"""(?P<before>[$€£¥])?\s?
    (?P<sign>[-+]?)\s?(?P<currency>[$€£¥]\s?)?
    (?P<whole>[1-9]\d{{0,2}}(?:(?P<mark>[{thousands}' ]))(?:\d{{2,3}}(?P=mark))*\d{{3}}|\d*)
    (?P<part>[{decimal}]\d*)?
    (?P<power>[eE][-+]?\d+)?
    (?P<after>\s?%|\s?[$€£¥]|\s[^\W\d_][\w/²³°.]{{0,9}})?"""
FORMS = {
    decimal: re.compile(NUMBER.format(decimal=decimal, thousands=thousands), re.VERBOSE)
    for decimal, thousands in ((".", ","), (",", "."))
}


PLAIN = {".": re.compile(r"-?\d+(\.\d+)?"), ",": re.compile(r"-?\d+(,\d+)?")}  # nearly all cells
THREE_DECIMALS = re.compile(r"-?\d{1,3}\.\d{3}")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec mär mai okt dez".split()


class Column(NamedTuple):
    """A column as it was read."""

    values: Any  # float64 (rows,), NaN where missing; or an object array of str, None where missing
    is_text: bool
    notes: tuple[str, ...] = ()  # how its cells are written
    odd: tuple[tuple[str, int], ...] = ()  # cells that are no numbers, in a column of numbers: how often
    looks: tuple[str, ...] = ()  # what deserves a second look
    decimal: str = ""  # "," where its numbers can only be read with a decimal comma
    numbers: int = 0  # cells of a text column that are numbers


def read_columns(written) -> dict[str, Column]:
    """{name: `Column`} of a `Written` table."""
    columns = _read(written.names, written.columns, decimal=None)
    is_comma = any(column.decimal == "," for column in columns.values())
    unclear = any(_may_be_thousands(column.values) for column in columns.values() if not column.is_text)
    if is_comma or unclear or written.has_codes:  # 1.234 may be above a thousand, 0123 no number
        columns = _read(written.names, written.as_text(), decimal="," if is_comma else None)
    return columns


def _read(names, frame, decimal):
    return {name: read_column(frame.iloc[:, j], decimal) for j, name in enumerate(names)}


def read_column(series: Any, decimal: str | None = None) -> Column:
    """The numbers in a pandas Series, or its text; decimal: the mark of the file, if that is known."""
    import pandas

    if pandas.api.types.is_bool_dtype(series):
        return _truths(series.to_numpy(dtype=np.float64, na_value=np.nan))
    if pandas.api.types.is_numeric_dtype(series) and not pandas.api.types.is_complex_dtype(series):
        return _numbers(series.to_numpy(dtype=np.float64, na_value=np.nan))
    known = series.notna().to_numpy()
    texts = [_clean(str(cell)) if here else None for cell, here in zip(series, known)]
    counts = Counter(text for text in texts if text)
    if any(re.fullmatch(r"0\d+", text) for text in counts) and all(map(str.isdigit, counts)):
        return Column(
            np.array(texts, dtype=object), is_text=True, looks=("zeros in front: a code, no number",)
        )
    if counts and {text.lower() for text in counts} <= {"true", "false"}:
        return _truths([{"true": 1.0, "false": 0.0}.get((text or "").lower(), np.nan) for text in texts])
    return _as_numbers(np.array(texts, dtype=object), counts, decimal)


def _clean(text):
    """A cell without blanks around it, nor the ="…" that keeps Excel from touching it; None: not known."""
    text = text.translate(SPACES).strip()
    text = text[2:-1] if text.startswith('="') and text.endswith('"') else text
    return None if text in NOT_KNOWN else text


def _truths(numbers):
    return Column(np.asarray(numbers, dtype=np.float64), False, notes=("true as 1, false as 0",))


def _numbers(values, notes=(), odd=(), looks=(), decimal=""):
    is_large = np.abs(values) > LARGEST
    if is_large.any():
        odd = (*odd, *sorted(Counter(f"{value:g}" for value in values[is_large]).items()))
        values = np.where(is_large, np.nan, values)
    return Column(values, False, tuple(notes), tuple(odd), tuple(looks), decimal)


def _may_be_thousands(values):
    """Whether numbers below 1,000 may have been written with a point that parts thousands."""
    known = np.abs(values[np.isfinite(values)])
    broken = known[known != np.rint(known)] * 1000
    if not len(broken) or broken.min() < 1000 or known.max() >= 1000:
        return False
    return bool(np.allclose(broken, np.rint(broken), rtol=1e-12, atol=0))


def _as_numbers(texts, counts, decimal):
    """The column as numbers; as text where too few of its cells are some, or they differ in their units."""
    read = {mark: {text: _parsed(text, mark) for text in counts} for mark in FORMS}
    share = {mark: sum(counts[text] for text, one in part.items() if one) for mark, part in read.items()}
    known = sum(count for text, count in counts.items() if text.lower() not in UNKNOWN)
    more = share[","] - share["."]
    sure = "," if more >= max(2, known / 10) else "." if more < 0 else ""  # a single "3,5" is a slip
    mark = sure or decimal or "."
    cells = {text: one for text, one in read[mark].items() if one}
    affixes = Counter()
    for text, cell in cells.items():
        affixes[cell[1:]] += counts[text]
    affix = max(affixes, key=affixes.get, default=("", ""))
    numbers = {text: cell[0] for text, cell in cells.items() if cell[1:] == affix}
    good = sum(counts[text] for text in numbers)
    if len(set(affixes) - {("", "")}) > 1 or good < 2 or good < MOSTLY * known:
        return Column(texts, is_text=True, looks=_looks_at_text(counts), numbers=sum(affixes.values()))
    odd = sorted((text, count) for text, count in counts.items() if text not in numbers)
    notes, looks = _forms(affix, mark, numbers), []
    differ = next((text for text in numbers if read["."][text] != read[","][text]), None)
    if not sure and not decimal and differ is not None:
        numbers, note, looks = _with_thousands(numbers, differ)
        notes += note
    values = np.array([numbers.get(text, np.nan) for text in texts], dtype=np.float64)
    return _numbers(values, notes, odd, looks, "," if sure == "," else "")


def _with_thousands(numbers, differ):
    """({cell: number}, notes, looks) where a cell like 1.234 or 1,234 can be read in two ways."""
    broken = {text: number for text, number in numbers.items() if "." in text}
    whole = [number for text, number in numbers.items() if text not in broken]
    if broken and not all(map(THREE_DECIMALS.fullmatch, broken)):
        return numbers, [], []
    if broken and whole and min(map(abs, whole)) >= 100 > max(map(abs, broken.values())):
        note = f"{differ} read as {1000 * numbers[differ]:g}, as {whole[0]:g} stands beside it"
        return numbers | {text: round(1000 * number) for text, number in broken.items()}, [note], []
    return (
        numbers,
        [],
        [f"{differ} is read as {numbers[differ]:g}: does its mark part decimals or thousands?"],
    )


def _looks_at_text(counts):
    folded = Counter(text.lower() for text in counts)
    twice = sorted(text for text in counts if folded[text.lower()] > 1)
    looks = [f"values that differ in capitals alone: {', '.join(twice)}"] if twice else []
    unknown = sorted(text for text in counts if text.lower() in UNKNOWN)
    return (*looks, *([f"{', '.join(unknown)}: taken as a value like the others"] if unknown else []))


def _parsed(text, mark):
    """(number, what stands before, what stands after) of a cell, None if it is no number."""
    if PLAIN[mark].fullmatch(text):
        return float(text.replace(",", ".")), "", ""
    bare, factor = (text[1:-1], -1) if text.startswith("(") and text.endswith(")") else (text, 1)
    found = FORMS[mark].fullmatch(bare)
    if not found or not re.search(r"\d", found["whole"] + (found["part"] or "")):
        return None
    whole = re.sub(r"[^\d]", "", found["whole"])
    part, after = (found["part"] or "").replace(mark, "."), (found["after"] or "").strip()
    if (part == "." and after) or after[:3].lower() in MONTHS or (factor < 0 and found["sign"]):
        return None  # "1. White", "1 Mar", "(-5)"
    number = float(f"{found['sign']}{whole or 0}{part}{found['power'] or ''}")
    return factor * number, (found["before"] or found["currency"] or "").strip(), after


def _forms(affix, mark, numbers):
    """What is worth saying on how the numbers of a column are written."""
    said = [f"{sign} left out" for sign in affix if sign]
    said += ["decimal comma"] * (mark == "," and any("," in text for text in numbers))
    thousands = re.compile(rf"\d[{',' if mark == '.' else '.'}' ]\d{{3}}")
    found = next(filter(None, map(thousands.search, numbers)), None)
    said += [f"thousands parted by {found[0][1]!r}"] if found else []
    said += ["(5) as −5"] * any(text.startswith("(") for text in numbers)
    return said


def is_number(text: str) -> bool:
    """Whether a cell reads as a number, with a decimal point or comma."""
    return any(_parsed(text.strip().translate(SPACES), mark) is not None for mark in FORMS)


def is_sequence(values: np.ndarray) -> bool:
    """Whether numbers (rows,) count the rows, up or down, in any order."""
    ordered = np.sort(values)
    return len(values) > 2 and bool(values[0] % 1 == 0 and (np.diff(ordered) == 1).all())
