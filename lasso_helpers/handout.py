"""The series for students: no solutions, no replies to predictions, no outputs.

    python -m lasso_helpers.handout OUT [--teacher FOLDER] [--notebooks notebooks]

In OUT every output is cleared but the explorers' pictures, and `check` works as in the originals. Where the
series itself goes on with an exercise's solution, the cell calls `lasso_helpers.checks.ours`, which gives the
result and does not show how. `What happened`, closed, stays: it is the lesson's text, and later cells use its
words. FOLDER gets the series with everything kept.
"""

import argparse
import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from .live_figure import VIEW
from .notebook_files import notebooks_in, read_notebook, tags, write_notebook

FOR_THE_TEACHER = "lecturer_notes.md"
FOLD = r"<details[^>]*>\s*<summary>{}</summary>.*?</details>"
SOLUTION = re.compile(FOLD.format("Solution.*?"), re.S)
OPTION = re.compile(FOLD.format("(.+?)"), re.S)
OURS = "lasso_helpers.checks.ours"
STUB = re.compile(r"(def \w+\(.*\):\s+return|\w+ =) \.\.\.\s*(#.*)?")
# {notebook: {cell: (what shows an exercise's solution, what stands there instead)}}
INSTEAD = {
    "02_l1_penalty": {
        "cases": (OPTION, "Put into words what you found in the exercise, case by case."),
        "by-cases-against-search": (
            re.compile(r"def minimiser_by_cases.+?\n\n", re.S),
            f'minimiser_by_cases = {OURS}("best_weight")\n\n',
        ),
        "patterns": (
            re.compile(r"^print\(.+", re.M | re.S),
            f'count = {OURS}("patterns")\n'
            'print(f"sign patterns of {n} weights: {count(n):,}; of 30 weights: {count(30):,}")',
        ),
        "dropped": (
            re.compile(r"np\.sign\(a\) \* np\.maximum\(np\.abs\(a\) - lambda_coef / 2, 0\)"),
            f'np.vectorize({OURS}("best_weight"))(a, lambda_coef)',
        ),
    },
    "07_your_turn": {
        "go-on-chosen": (re.compile("^chosen = .+", re.M), f'chosen = {OURS}("chosen")'),
        "test-once": (
            re.compile(r"^both = .+\[chosen, 0\].+\nsquares = .+", re.M),
            f'squares = {OURS}("squares")',
        ),
    },
}
# A copy of a notebook has another name, and its cells; in 06 two have the same ids, and show nothing.
IN_CELLS = {cell: both for cells in INSTEAD.values() for cell, both in cells.items()}


def handout(out: str | Path, teacher: str | Path | None = None, notebooks: str | Path = "notebooks") -> None:
    """Writes the series for students into the folder `out`, and as it is into the folder `teacher`, if given.

    notebooks: the folder that holds the series; what else lies there is copied, the lecturer's notes for the
    teacher alone. Raises ValueError for a folder that holds something already, cannot be written or lies
    where it must not, and for a notebook that would give a solution away (`for_students`); then, and wherever
    anything else goes wrong, nothing is written.
    """
    source = Path(notebooks)
    if not source.is_dir() or not notebooks_in(source):
        raise ValueError(f"notebooks must be the folder of the series (--notebooks FOLDER), got '{source}'")
    folders = [Path(out), *([Path(teacher)] if teacher else [])]
    if teacher and (_lies_in(teacher, out) or _lies_in(out, teacher)):
        raise ValueError(f"teacher must be a folder apart from out '{out}', got '{teacher}'")
    for name, folder in zip(("out", "teacher"), folders):
        _must_be_free(name, folder, source)
    with contextlib.ExitStack() as stack:
        made = {}
        for name, folder in zip(("out", "teacher"), folders):
            made[folder] = Path(stack.enter_context(_room_for(name, folder))) / "set"
            _write(source, made[folder], is_students=name == "out")
        for folder, ready in made.items():
            _put(ready, folder)


def _lies_in(inner, outer):
    return Path(inner).resolve().is_relative_to(Path(outer).resolve())


def _must_be_free(name, folder, source):
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"{name} must be a new or an empty folder, got '{folder}', which holds something")
    if not folder.parent.is_dir():
        raise ValueError(f"{name} must lie in a folder that exists, got '{folder}'")
    if _lies_in(folder, source):
        raise ValueError(f"{name} must not lie in the folder of the series, '{source}', got '{folder}'")


def _room_for(name, folder):
    """A temporary folder from which a folder's content has only to be renamed."""
    try:
        beside = folder if folder.exists() else folder.parent
        return tempfile.TemporaryDirectory(prefix=".handout-", dir=beside)
    except OSError as error:
        raise ValueError(
            f"{name} must be a folder that can be written, got '{folder}': {error.strerror}"
        ) from None


def _put(ready, folder):
    """The folder `ready`, under its own name; an empty one that is there may be somebody's working folder."""
    if not folder.exists():
        os.replace(ready, folder)
        return
    for path in list(ready.iterdir()):
        os.replace(path, folder / path.name)


def _write(source, folder, is_students):
    """The folder `source` as a new folder: copied, but for the students' notebooks."""
    left_out = [".*", "__pycache__", *([FOR_THE_TEACHER] if is_students else [])]
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns(*left_out))
    for path in notebooks_in(folder) if is_students else []:
        write_notebook(for_students(read_notebook(path), path.stem), path)


def for_students(notebook: dict, name: str) -> dict:
    """A notebook without solutions, replies and results; name: its file's, without the ending.

    Raises ValueError where a notebook of the series lacks a cell of `INSTEAD`, where such a cell no longer
    holds what is to be replaced there, be it in a copy under another name, and where a stub is filled in.
    """
    here = {cell.get("id") for cell in notebook["cells"]}
    missing = set(INSTEAD.get(name, {})) - here
    if missing:
        raise ValueError(f"{name} must have the cells {', '.join(sorted(missing))}: solutions stand there")
    sure = {cell for cells in INSTEAD.values() if len(here & set(cells)) > 1 for cell in cells}
    try:
        cells = [_for_students(cell, sure) for cell in notebook["cells"] if "solution" not in tags(cell)]
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None
    return notebook | {"cells": [cell for cell in cells if cell["source"].strip()]}


def _for_students(cell, sure):
    """The cell; `sure`: those that must hold what is to be replaced. A single one may be a namesake."""
    source = cell["source"]
    if cell["cell_type"] == "markdown":
        source = SOLUTION.sub("", source)
    if "predict" in tags(cell):
        source = OPTION.sub(r"- \1", source)
    name = cell.get("id", "")
    if name.startswith("stub-") and not STUB.fullmatch(source.strip()):
        raise ValueError(
            f"cell {name} must hold a stub, `return ...` or `= ...`, and no answer, got {source!r}"
        )
    if name in IN_CELLS:
        shown, other = IN_CELLS[name]
        source, times = shown.subn(lambda _: other, source)
        if name in sure and times != 1:
            raise ValueError(f"cell {name} must hold {shown.pattern!r} once, got {times} times")
    return cell | {"source": source} | (_without_results(cell) if cell["cell_type"] == "code" else {})


def _without_results(cell):
    """A code cell's outputs, count and metadata; an explorer keeps its picture."""
    if any(VIEW in output.get("data", {}) for output in cell["outputs"]):
        return {"execution_count": None}
    metadata = dict(cell["metadata"])
    if "jupyter" in metadata:
        metadata["jupyter"] = {k: v for k, v in metadata["jupyter"].items() if k != "outputs_hidden"}
    return {"outputs": [], "execution_count": None, "metadata": metadata}


def main(words: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m lasso_helpers.handout", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("out", metavar="OUT", help="a new or an empty folder, for the students' notebooks")
    parser.add_argument("--teacher", metavar="FOLDER", help="another one, for those with everything kept")
    parser.add_argument("--notebooks", metavar="FOLDER", default="notebooks", help="where the series lies")
    given = parser.parse_args(words)
    try:
        handout(given.out, given.teacher, given.notebooks)
    except (ValueError, OSError) as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
