"""How far students have come: the verdicts of `check` that their notebooks were saved with."""

import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from .notebook_files import notebooks_in, output_text, read_notebook

STATES = ("passed", "not yet", "not attempted")
CALLED = re.compile(r"""^[^#\n]*\bcheck\(\s*["'](\w+)["']""", re.M)
SAID = r"^(✅ |❌ not yet · |){}: (.+?)(?=\n✅|\n❌|\n\w+: not attempted|\Z)"
BEGINS = {"✅ ": "passed", "❌ not yet · ": "not yet", "": "not attempted"}


class Row(NamedTuple):
    """An exercise in one notebook."""

    student: str  # the subfolder's name, "" for a notebook in the folder itself
    notebook: str
    exercise: str
    state: str  # one of STATES
    diagnosis: str  # what `check` said, in all its lines


class Progress:
    """A table: of one student a line for each exercise; of several, the counts and the most frequent mistake.

    `rows` holds all of it, `frame()` gives them as a pandas table.
    """

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def frame(self) -> Any:
        """The rows as a pandas DataFrame."""
        import pandas

        return pandas.DataFrame(self.rows, columns=list(Row._fields))

    def __repr__(self):
        head, *lines = self._table()
        widths = [max(map(len, column)) for column in zip(head, *lines)]
        aligned = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in (head, *lines)]
        return "\n".join(aligned)

    def _repr_html_(self):
        import pandas

        head, *lines = self._table()
        with pandas.option_context("display.max_colwidth", None):
            table = pandas.DataFrame(lines, columns=head).to_html(border=0, index=False, justify="left")
        return table.replace("$", "&#36;")  # no formulas

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
    no examination. Where an exercise is checked several times, the best verdict counts.

    -> Progress, a table with `rows` (student, notebook, exercise, state, diagnosis), whose state is "passed",
    "not yet" or "not attempted". Raises ValueError for a folder without notebooks, and for files that are
    none, all of them named.
    """
    folder = Path(folder)
    paths = notebooks_in(folder) if folder.is_dir() else []
    if not paths:
        form = "a folder of notebooks (.ipynb), or of one folder of them for each student"
        raise ValueError(f"folder must be {form}, got '{folder}'")
    rows, unreadable = [], []
    for path in paths:
        student, *below = path.relative_to(folder).parts
        try:
            found = verdicts(read_notebook(path))
            rows += [Row(student if below else "", path.stem, *verdict) for verdict in found]
        except ValueError as error:
            unreadable.append(str(error))
    if unreadable:
        raise ValueError("\n".join(unreadable))
    return Progress(rows)


def verdicts(notebook):
    """(exercise, state, diagnosis) of each exercise of a notebook."""
    found = {}
    for cell in notebook["cells"]:
        for exercise in CALLED.findall(cell["source"]) if cell["cell_type"] == "code" else []:
            found.setdefault(exercise, []).append(_verdict(exercise, cell))
    return [(name, *min(said, key=lambda one: STATES.index(one[0]))) for name, said in found.items()]


def _verdict(exercise, cell):
    """(state, diagnosis) that a cell's outputs hold on an exercise."""
    said = re.findall(SAID.format(exercise), output_text([cell]), flags=re.M | re.S)
    if said:
        return BEGINS[said[-1][0]], said[-1][1]
    for output in cell["outputs"]:
        if output["output_type"] == "error":
            return "not yet", f"the cell stopped with {output.get('ename')}: {output.get('evalue')}"
    return "not attempted", "the check has not been run"
