"""A notebook with other data: which cells stop, and which sentences' numbers no longer stand in an output.

    python -m lasso_helpers.other_data NOTEBOOK FILE LABEL [--missing …] [--categories …]
                                       [--drop COLUMN] [--keep COLUMN]

runs NOTEBOOK, in memory, with `load_csv(FILE, LABEL, …)` in place of every `load_prostate(…)`, and says in
which cells that is. Without FILE and LABEL it reads NOTEBOOK as it was saved, for instance after an edit.
Decimal numbers are compared; whole numbers, words and pictures are for the reader to judge.
"""

import argparse
import ast
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from .loading import load_csv
from .notebook_files import in_one_piece, output_text, read_notebook, tags

NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.]*\d)")
RUN = "-m nbconvert --to notebook --execute --allow-errors --stdin --stdout --log-level ERROR".split()
NOT_DEFINED = re.compile(r"NameError: name '(\w+)' is not defined")
LOADED = re.compile(r"""(".*?"|'.*?')|\bload_prostate\b(\()?(\))?""")  # what stands in quotes is no call
END_OF_A_SENTENCE = re.compile(r"(?<=[.!?:;]) +(?=\W*[A-Zα-ωΑ-Ω])|\n+")


def decimals(text: str) -> set[str]:
    """The decimal numbers of a text."""
    return set(NUMBER.findall(text))


def _without_code(prose):
    return re.sub(r"```.*?```", "", prose, flags=re.S)


def loose_decimals(prose: str, outputs: str) -> list[str]:
    """Decimal numbers of the prose, code blocks left out, that stand in no output as a whole number."""
    return sorted(decimals(_without_code(prose)) - decimals(outputs))


def loose_sentences(notebook: dict) -> list[tuple[str, str, list[str]]]:
    """(cell, sentence or line of a table, its decimals that stand in no output) of a notebook's prose."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    outputs, found = output_text(code), []
    for cell in notebook["cells"]:
        prose = cell["source"] if cell["cell_type"] == "markdown" else ""
        for sentence in END_OF_A_SENTENCE.split(_without_code(prose)):
            if loose := loose_decimals(sentence, outputs):
                found.append((cell.get("id", ""), sentence.strip(), loose))
    return found


def stopped(notebook: dict) -> list[tuple[str, str, bool]]:
    """(cell, error, whether it only follows) of each cell that stopped.

    It follows where a name is not defined that an earlier one of these cells has in its code.
    """
    found, before = [], ""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if output["output_type"] == "error" and "raises-exception" not in tags(cell):
                error = f"{output.get('ename')}: {output.get('evalue')}".splitlines()[0]
                name = NOT_DEFINED.match(error)
                follows = bool(name and re.search(rf"\b{name[1]}\b", before))
                found.append((cell.get("id", ""), error, follows))
                before += cell["source"] + "\n"
    return found


def calling(notebook: dict, function: str) -> list[str]:
    """The code cells that call a function."""
    code = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    return [cell.get("id", "") for cell in code if re.search(rf"\b{function}\(", cell["source"])]


def with_data(notebook: dict, path: str | Path, label: str, **options) -> dict:
    """The notebook with `load_csv(path, label, …)` where `load_prostate(…)` stood; options: `load_csv`'s."""
    given = [repr(str(Path(path).resolve())), repr(label), *(f"{k}={v!r}" for k, v in options.items())]
    call = f"load_csv({', '.join(given)}"

    def instead(match):
        quoted, opened, closed = match.groups()
        if quoted or not opened:
            return quoted or f"load_csv{closed or ''}"  # where it is imported, or handed on
        return f"{call})" if closed else f"{call}, "

    cells = [
        cell | ({"source": LOADED.sub(instead, cell["source"])} if cell["cell_type"] == "code" else {})
        for cell in notebook["cells"]
    ]
    return notebook | {"cells": cells}


def ran(notebook: dict, folder: Path) -> dict:
    """The notebook, run in a folder, also beyond a cell that stops. Raises ValueError if it cannot be run."""
    text = json.dumps(notebook)
    done = subprocess.run(
        [sys.executable, *RUN], input=text, cwd=folder, capture_output=True, encoding="utf8"
    )
    if done.returncode:
        raise ValueError(f"the notebook must run by nbconvert, got: {done.stderr.strip().splitlines()[-1]}")
    return in_one_piece(json.loads(done.stdout))


def report(notebook: dict) -> str:
    """What stopped and which sentences are loose, in lines."""
    all_stops = stopped(notebook)
    stops = [f"  {cell}: {error}" for cell, error, follows in all_stops if not follows]
    more = [cell for cell, _, follows in all_stops if follows]
    loose = [f"  {cell}: {text} ({', '.join(which)})" for cell, text, which in loose_sentences(notebook)]
    return "\n".join(
        [f"Cells that stop: {len(stops)}", *stops]
        + ([f"Cells that lack a name from one of these: {len(more)} ({', '.join(more)})"] if more else [])
        + [f"Sentences with a decimal number that stands in no output: {len(loose)}", *loose]
        + ["Whole numbers, words and pictures are not compared."]
    )


def main(words: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m lasso_helpers.other_data", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("notebook", metavar="NOTEBOOK", type=Path)
    parser.add_argument("file", metavar="FILE", nargs="?", help="a table, as load_csv reads it")
    parser.add_argument("label", metavar="LABEL", nargs="?", help="the column to predict")
    for option in ("missing", "categories"):
        parser.add_argument(f"--{option}", help="as in load_csv")
    for option in ("drop", "keep"):
        said = "as in load_csv; may be repeated"
        parser.add_argument(f"--{option}", metavar="COLUMN", action="append", help=said)
    given = vars(parser.parse_args(words))
    path, file, label = (given.pop(name) for name in ("notebook", "file", "label"))
    options = {name: value for name, value in given.items() if value is not None}
    try:
        print(_said_of(path, file, label, options))
    except (ValueError, OSError) as error:
        parser.error(str(error))


def _said_of(path, file, label, options):
    """The report on the notebook that the command speaks of; with a FILE, where that is loaded goes first."""
    notebook = read_notebook(path)
    if file is None:
        if options:
            raise ValueError(f"--{next(iter(options))} must come with FILE and LABEL, got neither")
        return report(notebook)
    if label is None:
        raise ValueError("LABEL must be the column to predict, got none")
    ours, own = (", ".join(calling(notebook, function)) for function in ("load_prostate", "load_csv"))
    own = [f"Cells that load a table of their own, as before: {own}"] if own else []
    if not ours:
        needed = "NOTEBOOK must call load_prostate, in whose place FILE is loaded"
        raise ValueError("\n".join([f"{needed}, got '{path}', which does not", *own]))
    try:
        load_csv(file, label, **options)  # what stands in its way is said at once
    except ValueError as error:
        raise ValueError(f"{error}{_as_options(str(error).splitlines()[-1])}") from None
    changed = ran(with_data(notebook, file, label, **options), path.parent)
    return "\n".join([f"Cells that load FILE: {ours}", *own, report(changed)])


def _as_options(call):
    """This command's options for the call that `load_csv` proposes; nothing for another last line."""
    if not call.startswith("lasso_helpers.load_csv("):
        return ""
    words = []
    for keyword in ast.parse(call, mode="eval").body.keywords:
        value = ast.literal_eval(keyword.value)
        for one in [value] if isinstance(value, str) else value:
            words += [f"--{keyword.arg}", _quoted(one)]
    return f"\nAs options of this command: {' '.join(words)}"


def _quoted(word):
    """A word for any shell, for one that knows no single quotes where that is possible."""
    if re.fullmatch(r"[\w.-]+", word):
        return word
    return shlex.quote(word) if re.search(r'["$`\\!]', word) else f'"{word}"'


if __name__ == "__main__":
    main()
