"""How far students have come: the verdicts of `check` that their notebooks were saved with."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from .notebook_files import notebooks_in, output_text, read_notebook

STATES = ("passed", "not yet", "not attempted")
CALLED = re.compile(r"""^[^#\n]*\bcheck\(\s*["'](\w+)["']""", re.M)
SAID = r"^(✅ |❌ not yet · |){}: (.+?)(?=\n✅|\n❌|\n\w+: not attempted|\Z)"
NOTHING = "no notebook at all"
COPY = re.compile(r"(-Copy\d+)+$")  # Jupyter's *Duplicate*
BEGINS = {"✅ ": "passed", "❌ not yet · ": "not yet", "": "not attempted"}


class Row(NamedTuple):
    """An exercise in one notebook."""

    student: str  # the subfolder's name, "" for a notebook in the folder itself
    notebook: str  # its file's name without the ending, and without Jupyter's `-Copy1`
    exercise: str
    state: str  # one of STATES
    diagnosis: str  # what `check` said, in all its lines, or why it said nothing


class Progress:
    """A table: of one student a line for each exercise; of several, the counts and the most frequent mistake.

    `rows` holds all of it, `frame()` gives them as a pandas table. `unreadable` has a sentence for each file
    that could not be read, and stands below the table.
    """

    def __init__(self, rows: list[Row], unreadable: Iterable[str] = ()) -> None:
        self.rows = rows
        self.unreadable = list(unreadable)

    def frame(self) -> Any:
        """The rows as a pandas DataFrame."""
        import pandas

        return pandas.DataFrame(self.rows, columns=list(Row._fields))

    def __repr__(self):
        head, *lines = self._table()
        widths = [max(map(len, column)) for column in zip(head, *lines)]
        aligned = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in (head, *lines)]
        return "\n".join(aligned + self._below())

    def _repr_html_(self):
        import pandas

        head, *lines = self._table()
        with pandas.option_context("display.max_colwidth", None):
            table = pandas.DataFrame(lines, columns=head).to_html(border=0, index=False, justify="left")
        below = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in self._below())
        return (table + below).replace("$", "&#36;")  # no formulas

    def _below(self):
        """The sentences below the table."""
        without = dict.fromkeys(row.student for row in self.rows if row.diagnosis == NOTHING)
        return [*([f"{NOTHING}: {', '.join(without)}"] if without else []), *self.unreadable]

    def _table(self):
        """The head and the lines of the table, all strings."""
        if len({row.student for row in self.rows}) > 1:
            return self._of_a_class()
        head = ["notebook", "exercise", "state", "diagnosis"]
        return [head, *([*row[1:4], short(row.diagnosis)] for row in self.rows)]

    def _of_a_class(self):
        table = [["notebook", "exercise", *STATES, "most often not yet because"]]
        pairs = dict.fromkeys(row[1:3] for row in self.rows)
        for notebook, exercise in sorted(pairs, key=lambda pair: pair[0]):
            rows = [row for row in self.rows if row[1:3] == (notebook, exercise)]
            states = Counter(row.state for row in rows)
            slips = Counter(short(row.diagnosis) for row in rows if row.state == "not yet")
            often = "".join(f"{slip} ({count})" for slip, count in slips.most_common(1))
            table.append([notebook, exercise, *(str(states[state]) for state in STATES), often])
        return table


def short(diagnosis):
    """A diagnosis in a line: its first one, and each of two mistakes."""
    first, *others = diagnosis.splitlines() or [""]
    return " ".join([first, *(line.strip() for line in others if re.match(r" *\d\. ", line))])


def progress(folder: str | Path = ".") -> Progress:
    """What `check` says in the notebooks of a student, or of a class: a subfolder for each student.

    It reads what the notebooks were saved with, runs nothing, and writes nothing. So a verdict may be older
    than the answer above it, and whoever wants to can type one in: it shows how far a class has come, and is
    no examination. Where an exercise is checked several times, also in a copy that Jupyter has named
    `…-Copy1`, the best verdict counts. In a class what anybody has counts for every student.

    -> Progress, a table with `rows` (student, notebook, exercise, state, diagnosis), whose state is "passed",
    "not yet" or "not attempted", and with `unreadable`, a sentence for each file that is no notebook. Raises
    ValueError for a folder without notebooks, and where none can be read, all of them named.
    """
    folder = Path(folder)
    paths = notebooks_in(folder) if folder.is_dir() else []
    if not paths:
        form = "a folder of notebooks (.ipynb), or of one folder of them for each student"
        raise ValueError(f"folder must be {form}, got '{folder}'")
    found, unreadable = _read(folder, paths)
    sentences = [sentence for said in unreadable.values() for sentence in said]
    if not found:
        raise ValueError("\n".join(sentences))
    rows = _rows(found)
    if not any(row.student == "" for row in rows):
        rows += _lacking(rows, _subfolders(folder), found, unreadable)
    return Progress(sorted(rows, key=lambda row: row[:2]), sentences)


def _read(folder, paths):
    """{(student, notebook): its verdicts}, and {(student, notebook): sentences on files that are none}."""
    found, unreadable = {}, {}
    for path in paths:
        student, *below = path.relative_to(folder).parts
        key = student if below else "", COPY.sub("", path.stem)
        try:
            said = verdicts(read_notebook(path))
        except ValueError as error:
            unreadable.setdefault(key, []).append(str(error))
        else:
            found.setdefault(key, []).extend(said)
    return found, unreadable


def _rows(found):
    """A row for each exercise of each notebook, with the best verdict; of equally good ones the last."""
    said = {}
    for key, of_a_notebook in found.items():
        for exercise, *verdict in of_a_notebook:
            said.setdefault((*key, exercise), []).insert(0, verdict)
    return [Row(*key, *min(each, key=lambda one: STATES.index(one[0]))) for key, each in said.items()]


def _subfolders(folder):
    """Those of students: what begins with a dot or `__` has been left by Jupyter or by a zip."""
    names = (path.name for path in folder.iterdir() if path.is_dir())
    return [name for name in names if not name.startswith((".", "__"))]


def _lacking(rows, students, found, unreadable):
    """A row for each exercise that somebody has and a student has not, unless it may be in a broken file."""
    handed_in = {student for student, _ in (*found, *unreadable)}
    known, lacking = {row[:3] for row in rows}, []
    for notebook, exercise in dict.fromkeys(row[1:3] for row in rows):
        for student in students:
            key = student, notebook
            if (*key, exercise) not in known and key not in unreadable:
                why = "no such check in it" if key in found else "no such notebook"
                why = why if student in handed_in else NOTHING
                lacking.append(Row(*key, exercise, "not attempted", why))
    return lacking


def verdicts(notebook):
    """(exercise, state, diagnosis) of each verdict on an exercise in a notebook."""
    return [
        (exercise, *verdict)
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        for exercise in CALLED.findall(cell["source"])
        for verdict in _verdicts(exercise, cell)
    ]


def _verdicts(exercise, cell):
    """Each (state, diagnosis) that a cell's outputs hold on an exercise."""
    said = re.findall(SAID.format(exercise), output_text([cell]), flags=re.M | re.S)
    if said:
        return [(BEGINS[begin], diagnosis.strip()) for begin, diagnosis in said]
    for output in cell["outputs"]:
        if output["output_type"] == "error":
            return [("not yet", f"the cell stopped with {output.get('ename')}: {output.get('evalue')}")]
    return [("not attempted", "the check has not been run")]
