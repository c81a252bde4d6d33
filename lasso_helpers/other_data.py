"""A notebook with other data: which cells stop, and which sentences' numbers no longer stand in an output.

    python -m lasso_helpers.other_data NOTEBOOK FILE LABEL [--missing …] [--categories …] [--drop COLUMN]

runs NOTEBOOK, in memory, with `load_csv(FILE, LABEL, …)` in place of every `load_prostate(…)`. Without FILE
and LABEL it reads NOTEBOOK as it was saved, for instance after an edit. Decimal numbers are compared; whole
numbers, words and pictures are for the reader to judge.
"""

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

from .loading import load_csv
from .notebook_files import in_one_piece, output_text, read_notebook, tags

NUMBER = re.compile(r"(?<![\w.])\d+\.\d+(?![\w.]*\d)")
RUN = "-m nbconvert --to notebook --execute --allow-errors --stdin --stdout --log-level ERROR".split()
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


def stopped(notebook: dict) -> list[tuple[str, str]]:
    """(cell, error) of each cell that stopped."""
    return [
        (
            cell.get("id", ""),
            f"{output['ename']}: {output['evalue'].splitlines()[0] if output['evalue'] else ''}",
        )
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "error" and "raises-exception" not in tags(cell)
    ]


def with_data(notebook: dict, path: str | Path, label: str, **options) -> dict:
    """The notebook with `load_csv(path, label, …)` where `load_prostate(…)` stood; options: `load_csv`'s."""
    given = [repr(str(Path(path).resolve())), repr(label), *(f"{k}={v!r}" for k, v in options.items())]
    call = f"load_csv({', '.join(given)}"
    cells = []
    for cell in notebook["cells"]:
        source = re.sub(r"\bload_prostate\((?!\))", lambda _: f"{call}, ", cell["source"])
        source = re.sub(r"\bload_prostate\(\)", lambda _: f"{call})", source)
        source = re.sub(r"\bload_prostate\b", "load_csv", source)  # where it is imported
        cells.append(cell | ({"source": source} if cell["cell_type"] == "code" else {}))
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
    stops = [f"  {cell}: {error}" for cell, error in stopped(notebook)]
    loose = [f"  {cell}: {text} ({', '.join(which)})" for cell, text, which in loose_sentences(notebook)]
    return "\n".join(
        [f"Cells that stop: {len(stops)}", *stops]
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
    parser.add_argument("--drop", metavar="COLUMN", action="append", help="as in load_csv; may be repeated")
    given = vars(parser.parse_args(words))
    path, file, label = (given.pop(name) for name in ("notebook", "file", "label"))
    options = {name: value for name, value in given.items() if value}
    try:
        print(report(_of(path, file, label, options)))
    except (ValueError, OSError) as error:
        parser.error(str(error))


def _of(path, file, label, options):
    """The notebook that the command speaks of."""
    notebook = read_notebook(path)
    if file is None:
        return notebook
    if label is None:
        raise ValueError("LABEL must be the column to predict, got none")
    load_csv(file, label, **options)  # what stands in its way is said at once
    return ran(with_data(notebook, file, label, **options), path.parent)


if __name__ == "__main__":
    main()
