"""How a text file is written: bytes become named columns as pandas reads them, with what was noticed."""

import csv
import difflib
import gzip
import io
import re
import statistics
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from .columns import NOT_KNOWN, is_number

LINES = 300  # the first ones, by which the marks between columns and the header are recognised
SEPARATORS = {"\t": "tabs", ";": "semicolons", "|": "vertical bars", ",": "commas", " ": "blanks"}
# Of pandas and R, for the rows' numbers or names.
INDEX_NAME = re.compile(r"(Unnamed: 0(\.\d+)*|row\.?names)?")
COMMENT = re.compile(r"#(?!N/A|NA\b|DIV/0!|VALUE!|REF!|NAME\?|NUM!|NULL!)")  # no error of Excel's
AS_CSV = "open it there, and save it as “CSV UTF-8”"
KINDS = {
    b"PK\x03\x04": ("an Excel file or another zip archive", f"if it is Excel's, {AS_CSV}; else unpack it"),
    b"\xd0\xcf\x11\xe0": ("an old Excel file", AS_CSV),
    b"%PDF": ("a PDF", "copy its table into a spreadsheet, and save that as “CSV UTF-8”"),
    b"BZh": ("a bz2 archive", "unpack it"),
    b"$FL2": ("an SPSS file", "read it with pandas.read_spss, and give the table to from_frame"),
    b"<stata_dta>": ("a Stata file", "read it with pandas.read_stata, and give the table to from_frame"),
    b"PAR1": ("a Parquet file", "read it with pandas.read_parquet, and give the table to from_frame"),
}
CODE = re.compile(r"(?m)(^|[\t;|, \"])0\d+([\t;|, \"]|$)")
BEGINNING = 1_000_000  # characters, in which a column of codes shows one
NO_TEXT = [chr(code) for code in (*range(9), *range(14, 28))]
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


class Written(NamedTuple):
    """A table as it is written."""

    names: list[str]  # different ones
    columns: Any  # a pandas DataFrame, columns numbered; numbers where pandas reads numbers, else text
    as_text: Callable[[], Any]  # the same with text alone
    notes: list[str]  # what was recognised
    has_codes: bool  # there are cells such as 0123


class _Header(NamedTuple):
    cells: list[str]
    rows: list[list[str]]  # the first ones under it
    end: int  # of the lines up to it
    above: int  # lines that belong to no table
    last_above: int  # cells in the last of them
    separator: str


def read_file(path: Any, label: str) -> Written:
    """The table in a text file; ValueError, with a remedy, where there is none."""
    text, notes = _decoded(_content(path))
    text, comments = _without_comments(_unwrapped(text))
    header = _header(text)
    above = text.count("\n", 0, header.end) + comments
    _check_header(header, label, above)
    names = _names(header)
    width, (body, below) = len(names), _table(text[header.end :], header.separator)
    del text  # a large one
    notes = [f"{SEPARATORS.get(header.separator, header.separator)} between the columns", *notes]
    for number, what in ((comments + below, "of comments"), (header.above, "above the header")):
        notes += [f"left out: lines {what} ({number})"] if number else []

    def read(dtype=None):
        return _by_pandas(body, header.separator, width, dtype, above)

    columns = read()
    rows, used = _kept(columns, names, notes)
    has_codes = bool(CODE.search(body, 0, BEGINNING))
    names = _different([names[j] for j in used], notes)
    return Written(names, columns.loc[rows, used], lambda: read(str).loc[rows, used], notes, has_codes)


def _kept(columns, names, notes):
    """The rows and columns that hold something, without the ones that count the rows."""
    rows = columns.notna().any(axis=1)
    if not rows.all():
        notes.append(f"left out: lines with nothing in them ({(~rows).sum()})")
    used = [j for j in columns if names[j] or columns[j].notna().any()]  # the rest: separators at the ends
    while len(used) > 1 and _is_index(names[used[0]], columns[used[0]][rows]):
        notes.append("left out: the first column, which names or counts the rows")
        used = used[1:]
    return rows, used


def _bytes(path):
    """What stands in the file at a path."""
    try:
        path = Path(path)
        if path.is_dir():
            raise ValueError(f"path must name a file, got the folder {str(path)!r}")
        if not path.is_file():
            beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
            near = "".join(f": is it {name!r}?" for name in difflib.get_close_matches(path.name, beside, n=1))
            raise ValueError(f"path must name a file, found none at {str(path)!r}{near}")
        return path, path.read_bytes()
    except TypeError:
        raise ValueError(f"path must be the name of a file, got {type(path).__name__}") from None
    except OSError as error:
        raise ValueError(
            f"path must name a file that can be read, got {str(path)[:80]!r}: {error.strerror}"
        ) from None


def _content(path):
    """The bytes of a text file, unpacked if they are a gzip."""
    path, content = _bytes(path)
    if content.startswith(b"\x1f\x8b"):
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise ValueError(f"path must name a whole gzip, got {path.name!r}, cut off or damaged") from error
    for start, (kind, remedy) in KINDS.items():
        if content.startswith(start):
            raise ValueError(f"path must name a text file, got {path.name!r}, {kind}: {remedy}")
    if re.match(rb"(\xef\xbb\xbf)?\s*<[!?A-Za-z]", content):
        raise ValueError(
            f"path must name a table as text, got {path.name!r}, HTML or XML: {AS_CSV}, or download the table"
        )
    return content


def _decoded(content):
    """The text, with \\n alone at the ends of lines, and notes on its encoding."""
    sample = content[:2000]
    encoding = next((name for mark, name in MARKS.items() if content.startswith(mark)), "utf-8")
    if encoding == "utf-8":  # in UTF-16 every second byte of plain letters is 0
        halves = {"utf-16-be": sample[::2], "utf-16-le": sample[1::2]}
        encoding = next((name for name, half in halves.items() if 4 * half.count(0) > len(sample)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "windows-1252", content.decode("cp1252", errors="replace")
    text = text.rstrip("\x1a")  # with which DOS ends a file
    if any(mark in text for mark in NO_TEXT):
        raise ValueError("path must name a text file, got one with bytes that are no text")
    if not text.strip():
        raise ValueError("path must name a file with a table, got one which is empty")
    notes = [f"letters in {encoding}"] if encoding[:5] != "utf-8" else []
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n"), notes


def _unwrapped(text):
    """Lines that stand in quotes as a whole, as Excel saves what it has read as one column, without them."""
    lines = [line.strip() for line in text[:2000].split("\n")[:-1] or text.split("\n", 1)[:1]]
    if any(lines) and all(map(_is_wrapped, filter(None, lines))):
        return re.sub(r'(?m)^[ \t]*"(.*)"[ \t]*$', lambda line: line[1].replace('""', '"'), text)
    return text


def _is_wrapped(line):
    inside = line[1:-1].replace('""', "")
    return line[0] == line[-1] == '"' and '"' not in inside and any(mark in inside for mark in ",;\t|")


def _without_comments(text):
    """The text without the lines above the table that begin with #, and how many these were.

    The last of them is kept where it has to be the header, as numpy.savetxt writes it.
    """
    if not text.lstrip().startswith("#"):
        return text, 0
    lines = text.split("\n", LINES)
    count = next((k for k, line in enumerate(lines) if line.strip() and not COMMENT.match(line)), 0)
    comments = [line for line in lines[:count] if COMMENT.match(line)]
    rest = "\n".join(lines[count:])
    names = re.sub("^[# ]+", "", comments[-1]) if comments else ""
    for separator in SEPARATORS:
        cells, named = lines[count].split(separator), names.split(separator)
        if len(cells) == len(named) > 1 and all(map(is_number, cells)) and not all(map(is_number, named)):
            return f"{names}\n{rest}", len(comments) - 1
    return rest, len(comments)


def _table(text, separator):
    """The lines under the header, without those that begin with # and have no second cell; how many."""
    if not text.startswith("#") and "\n#" not in text:  # in a large text quicker than a pattern
        return text, 0
    rest = ".*" if separator == " " else rf"[^{re.escape(separator)}\n]*"
    return re.subn(rf"(?m)^{COMMENT.pattern}{rest}$\n?", "", text)


def _header(text):
    """The first line of a table, by the separator with which most lines have as many cells as it."""
    asked = re.match(r"(?i)\"?sep=(.)\"?\n", text)  # Excel's own line
    start = asked.end() if asked else len(text) - len(text.lstrip("\n"))
    lines = text[start:].split("\n", LINES)[:LINES]
    found = [_under(separator, lines, start) for separator in (asked[1] if asked else SEPARATORS)]
    found = [(score, header) for score, header in filter(None, found)]
    if not found:
        first = next((line for line in lines if line.strip()), "")
        raise ValueError(f"path must name a table of two columns or more, got a first line {first[:60]!r}")
    return max(found, key=lambda one: one[0])[1]  # the first of equals


def _under(separator, lines, start):
    """(score, `_Header`) if the lines are cut at this separator; None where they do not become a table."""
    stripped = (f"{' '.join(line.split()) if separator == ' ' else line}\n" for line in lines)
    reader = csv.reader(stripped, delimiter=separator, skipinitialspace=True)
    records = []  # (cells, number of lines up to its end)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append(([cell.strip() for cell in cells], reader.line_num))
    except csv.Error:
        return None
    counts = [len(cells) for cells, _ in records]
    width = statistics.mode(counts[1:] or counts) if counts else 0
    filled = statistics.mode([sum(map(bool, cells)) for cells, _ in records[1:] or records]) if records else 0
    titles = [2 * sum(map(bool, cells)) <= min(len(cells), filled) for cells, _ in records]  # padded ones
    may_be = (k for k in range(len(records)) if not titles[k] and _may_be_header(k, records, width))
    at = next(may_be, None)
    if width < 2 or at is None:
        return None
    rows = [cells for cells, _ in records[at + 1 :]]
    share = sum(len(row) == width for row in rows) / max(len(rows), 1)
    cells, end = records[at]
    named = not all(map(is_number, cells))
    end = start + sum(len(line) + 1 for line in lines[:end])
    header = _Header(cells, rows, end, at, len(records[at - 1][0]) if at else 0, separator)
    return (share >= 0.8, named, -at, share), header


def _may_be_header(k, records, width):
    """As wide as the table, or one cell shorter over rows with names (R) or with a separator at their end."""
    cells = records[k][0]
    count = len(cells)
    if count == width or k + 1 == len(records):
        return count == width
    below = records[k + 1][0]
    return count == width - 1 and len(below) == width and any(map(is_number, below[1:]))


def _check_header(header, label, line):
    names = header.cells
    if names.count(label) > 1:
        raise ValueError(f"label must name one column, got {label!r}, the name of {names.count(label)}")
    if all(map(is_number, names)) and label not in names:
        above = f" in line {line}, where the line above has {header.last_above}" if header.last_above else ""
        got = f"{', '.join(names[:6])} ({len(names)} cells{above})"
        read = f"pandas.read_csv(…, sep={header.separator!r}, header=None)"
        raise ValueError(
            f"path must name a file whose first line names the columns, got {got}: write names above it, "
            f'or load it as lasso_helpers.from_frame({read}, "0"), where "0" is the first column'
        )


def _names(header):
    """The columns' names, "" for one without."""
    cells = [" ".join(cell.split()) for cell in header.cells]
    if all(re.fullmatch("'.+'", cell) for cell in cells):
        cells = [cell[1:-1] for cell in cells]
    width = statistics.mode(map(len, header.rows)) if header.rows else len(cells)
    if width <= len(cells):
        return cells
    ends_bare = not any(row[-1] for row in header.rows if len(row) == width)
    return [*cells, ""] if ends_bare else ["", *cells]


def _different(names, notes):
    """Every column with a name, and a name of its own."""
    named: dict[str, int] = {}
    for k, name in enumerate(names, start=1):
        new, twice = name or f"column {k}", 2
        while new in named:
            new, twice = f"{name or f'column {k}'} ({twice})", twice + 1
        if new != name:
            notes.append(f"column {k}, called {name!r} in the file, is called {new!r}")
        named[new] = k
    return list(named)


def _is_index(name, column):
    """Whether pandas or R has written this first column to count or name the rows."""
    if not INDEX_NAME.fullmatch(name) or column.isna().any() or not column.is_unique:
        return False
    return column.dtype.kind not in "fc" or bool((column % 1 == 0).all())  # 0.637 is a measurement


def _by_pandas(body, separator, width, dtype, above):
    """The lines as columns 0 to width − 1 of a DataFrame; above: lines of the file over them."""
    import pandas

    form = {"sep": r"\s+" if separator == " " else separator, "header": None, "names": range(width)}
    form |= {"index_col": False, "skipinitialspace": True, "dtype": dtype, "low_memory": False}
    form |= {"keep_default_na": False, "na_values": NOT_KNOWN}
    with warnings.catch_warnings():
        warnings.simplefilter("error", pandas.errors.ParserWarning)  # of cells beyond the header's, lost
        try:
            return pandas.read_csv(io.BytesIO(body.encode()), **form)
        except (pandas.errors.ParserWarning, ValueError, OverflowError) as error:  # its ParserError is one
            raise ValueError(f"path: {_in_words(str(error), width, above)}") from None


def _in_words(error, width, above):
    """What pandas says of lines it cannot read, for who sees the file."""
    long = re.search(r"in line (\d+), saw (\d+)", error)
    if long:
        where = f"got {long[2]} in line {above + int(long[1])}"
        return f"each line must have the header's {width} cells, {where}: quote cells that hold a separator"
    quote = re.search(r"inside string starting at row (\d+)", error)
    if quote:
        return f"each quotation mark must be closed, got one that is not in line {above + int(quote[1]) + 1}"
    return f"each line must hold cells that pandas can read, got: {error}"
