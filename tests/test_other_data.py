"""Which sentences of a notebook no longer hold with other data. With ours all do: see test_notebooks."""

import re
import shlex
from pathlib import Path

import nbformat
import numpy as np
import pytest

from lasso_helpers import other_data
from lasso_helpers.notebook_files import read_notebook
from test_notebooks import ALL, code_cells

PROSE = """## Means

The label's mean is 2.452. Its largest value is 5.583; see the table, 97 men, λ = 0.5:

| what | value |
|---|---|
| rows | 12.5 |
| mean | 2.452 |

```python
mean = 9.999
```"""
SOURCES = [
    "from lasso_helpers import load_prostate\nimport lasso_helpers",
    'y = load_prostate().y_train\nprint(f"mean {y.mean():.3f}, λ = {0.5}, rows {12.5}, 1.0, {5.583}")',
    "raw = lasso_helpers.load_prostate(standardized=False)\nprint((1, ), raw.feature_names)",
    'raw.feature_names.index("lcavol")',
]


@pytest.fixture
def notebook(tmp_path):
    """A notebook on the shipped data, and beside it a table whose label is 7.25 and 1 by turns."""
    cells = [nbformat.v4.new_code_cell(source, id=f"code-{k}") for k, source in enumerate(SOURCES)]
    written = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(PROSE, id="prose"), *cells])
    written.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(written, tmp_path / "01.ipynb")
    rows = [f"{k % 7},{k % 5},{1 if k % 2 else 7.25}" for k in range(40)]
    (tmp_path / "mine.csv").write_text("\n".join(["one,two,size", *rows, ""]))
    return tmp_path / "01.ipynb"


def test_with_our_data_every_sentence_holds(notebook, prostate):
    assert np.isclose(prostate.y_train.mean().item(), 2.452, atol=5e-4)  # what the prose says
    ran = other_data.ran(read_notebook(notebook), notebook.parent)
    assert other_data.loose_sentences(ran) == [] and other_data.stopped(ran) == []


def test_with_others_it_names_the_sentences_and_the_cells_that_stop(notebook, monkeypatch, capsys):
    monkeypatch.chdir(notebook.parent)
    before = {path.name: path.read_bytes() for path in notebook.parent.iterdir()}
    other_data.main(["01.ipynb", "mine.csv", "size"])
    assert capsys.readouterr().out.splitlines() == [
        "Cells that load FILE: code-1, code-2",
        "Cells that stop: 1",
        "  code-3: ValueError: 'lcavol' is not in list",
        "Sentences with a decimal number that stands in no output: 2",
        "  prose: The label's mean is 2.452. (2.452)",
        "  prose: | mean | 2.452 | (2.452)",
        "Whole numbers, words and pictures are not compared.",
    ]
    assert {path.name: path.read_bytes() for path in notebook.parent.iterdir()} == before


def test_the_options_of_load_csv_are_handed_on(notebook, monkeypatch, capsys):
    monkeypatch.chdir(notebook.parent)
    table = Path("mine.csv").read_text().replace("one,two", "name,two").replace("\n0,", "\nred,")
    Path("mine.csv").write_text(table)
    changed = other_data.with_data(read_notebook(notebook), "mine.csv", "size", drop=["name"])
    call = f"load_csv({str(Path('mine.csv').resolve())!r}, 'size', drop=['name']"
    code = [cell["source"] for cell in changed["cells"][1:]]
    assert code[0] == SOURCES[0].replace("load_prostate", "load_csv")
    assert f"y = {call}).y_train" in code[1]
    assert f"raw = lasso_helpers.{call}, standardized=False)\nprint((1, )," in code[2]
    other_data.main(["01.ipynb", "mine.csv", "size", "--drop", "name"])
    assert "Cells that stop: 1\n" in capsys.readouterr().out


def test_what_stands_in_quotes_is_no_call():
    source = 'X = load_prostate()\nprint("load_prostate()", f(load_prostate), load_prostate(seed=0))'
    cell = {"cell_type": "code", "source": source}
    (changed,) = other_data.with_data({"cells": [cell]}, "/o'neil.csv", "y")["cells"]
    call = """load_csv("/o'neil.csv", 'y'"""
    assert changed["source"] == (f'X = {call})\nprint("load_prostate()", f(load_csv), {call}, seed=0))')


def test_without_a_file_it_reads_what_was_saved(notebook, capsys):
    other_data.main([str(notebook)])
    assert "no output: 4\n" in capsys.readouterr().out  # nothing has run: each decimal is loose


def test_a_cell_that_is_to_stop_is_none_that_stops(notebook):
    saved = read_notebook(notebook)
    saved["cells"][-1] |= {"source": "1 / 0", "metadata": {"tags": ["raises-exception"]}}
    ran = other_data.ran(saved, notebook.parent)
    assert ran["cells"][-1]["outputs"][0]["output_type"] == "error" and other_data.stopped(ran) == []
    ran["cells"][-1]["metadata"] = {}
    assert other_data.stopped(ran) == [("code-3", "ZeroDivisionError: division by zero", False)]


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["no.ipynb"], "no.ipynb must be a notebook"),
        (["01.ipynb", "mine.csv"], "LABEL must be the column to predict, got none"),
        (
            ["01.ipynb", "mine.csv", "price"],
            "label must be one of the columns ['one', 'two', 'size'], got 'price'",
        ),
        (["01.ipynb", "no.csv", "size"], "no.csv"),
        (["01.ipynb", "--missing", "mean"], "--missing must come with FILE and LABEL, got neither"),
        (["01.ipynb", "--categories", "dummies"], "--categories must come with FILE and LABEL"),
        (["01.ipynb", "--drop", "one"], "--drop must come with FILE and LABEL, got neither"),
        (["01.ipynb", "--keep", "one"], "--keep must come with FILE and LABEL, got neither"),
        (
            ["01.ipynb", "mine.csv", "size", "--missing", ""],
            "missing must be 'drop rows' or 'mean', or None, got ''",
        ),
    ],
)
def test_a_wrong_call_says_why(notebook, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(notebook.parent)
    with pytest.raises(SystemExit, match="2"):
        other_data.main(arguments)
    assert words in capsys.readouterr().err


def test_a_file_needs_a_place_to_be_loaded_in(notebook, monkeypatch, capsys):
    monkeypatch.chdir(notebook.parent)
    saved = nbformat.read("01.ipynb", as_version=4)
    saved.cells[2:] = [nbformat.v4.new_code_cell('lasso_helpers.load_csv("a.csv", "b")', id="own")]
    nbformat.write(saved, "01.ipynb")
    with pytest.raises(SystemExit, match="2"):
        other_data.main(["01.ipynb", "mine.csv", "size"])
    words = (
        "NOTEBOOK must call load_prostate, in whose place FILE is loaded, got '01.ipynb', which does not\n"
    )
    assert words + "Cells that load a table of their own, as before: own\n" in capsys.readouterr().err


def test_a_cell_with_a_table_of_its_own_keeps_it_and_is_named(notebook, monkeypatch, capsys):
    monkeypatch.chdir(notebook.parent)
    saved = nbformat.read("01.ipynb", as_version=4)
    own = 'own = lasso_helpers.load_csv("other.csv", "size")\nprint(own.y_train.mean())'
    saved.cells[-1] = nbformat.v4.new_code_cell(own, id="own")
    nbformat.write(saved, "01.ipynb")
    Path("other.csv").write_text(Path("mine.csv").read_text())
    other_data.main(["01.ipynb", "mine.csv", "size"])
    loading = ["Cells that load FILE: code-1, code-2", "Cells that load a table of their own, as before: own"]
    assert capsys.readouterr().out.splitlines()[:3] == [*loading, "Cells that stop: 0"]


def test_what_only_follows_from_an_earlier_stop_stands_apart():
    def cell(name, source, *error):
        said = [{"output_type": "error", "ename": "NameError", "evalue": text} for text in error]
        return {"cell_type": "code", "id": name, "source": source, "metadata": {}, "outputs": said}

    missing = "name '{}' is not defined".format
    cells = [
        cell("fine", "unknown = 1; del unknown"),
        cell("early", "later", missing("later")),
        cell("root", "raise NameError('mine')\ncurve, later = 1, 2", "mine"),
        cell("next", "best = min(curve)", missing("curve")),
        cell("third", "print(best)", missing("best")),
        cell("slip", "print(unknown)", missing("unknown")),
        cell("part", "print(curv)", missing("curv")),
        cell("other", "raise NameError", "\nno name"),
    ]
    assert other_data.report({"cells": cells}).splitlines()[:7] == [
        "Cells that stop: 5",
        "  early: NameError: name 'later' is not defined",
        "  root: NameError: mine",
        "  slip: NameError: name 'unknown' is not defined",
        "  part: NameError: name 'curv' is not defined",
        "  other: NameError: ",
        "Cells that lack a name from one of these: 2 (next, third)",
    ]


DECISIONS = '--missing "drop rows" --categories dummies'
TABLE = [[k % 7, k % 5, "red" if k % 3 else "blue", k * k % 11 + 0.5] for k in range(60)]


@pytest.mark.parametrize(
    "names, rows, expected",
    [
        ("one,two,colour", [[a, "" if a == 6 else b, c, d] for a, b, c, d in TABLE], DECISIONS),
        ("one,two,three", [[4, b, 4, d] for _, b, _, d in TABLE], "--drop one --drop three"),
        (
            "my one,two,it's $3",
            [[4, b, 4, d] for _, b, _, d in TABLE],
            """--drop "my one" --drop 'it'"'"'s $3'""",
        ),
        ("one", [[2 * d, d] for *_, d in TABLE], "--keep one"),
    ],
)
def test_the_call_that_would_load_the_table_is_told_as_options(
    notebook, monkeypatch, capsys, names, rows, expected
):
    monkeypatch.chdir(notebook.parent)
    lines = [f"{names},size", *(",".join(map(str, row)) for row in rows)]
    Path("mine.csv").write_text("\n".join(lines) + "\n")
    with pytest.raises(SystemExit, match="2"):
        other_data.main(["01.ipynb", "mine.csv", "size"])
    said = capsys.readouterr().err
    assert f")\nAs options of this command: {expected}\n" in said
    options = shlex.split(re.search(r"As options of this command: (.+)", said)[1])
    monkeypatch.setattr(other_data, "ran", lambda notebook, folder: notebook)
    other_data.main(["01.ipynb", "mine.csv", "size", *options])
    assert capsys.readouterr().out.startswith("Cells that load FILE: ")


def test_the_notebook_runs_in_its_own_folder(notebook, monkeypatch, capsys, tmp_path_factory):
    saved = nbformat.read(notebook, as_version=4)
    saved.cells[-1].source = 'print(open("mine.csv").readline())'
    nbformat.write(saved, notebook)
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    other_data.main([str(notebook), str(notebook.parent / "mine.csv"), "size"])
    assert "Cells that stop: 0\n" in capsys.readouterr().out


def test_a_notebook_that_cannot_be_run(notebook):
    saved = read_notebook(notebook)
    saved["metadata"]["kernelspec"]["name"] = "no-such-kernel"
    with pytest.raises(ValueError, match=r"the notebook must run by nbconvert, got: .*no-such-kernel"):
        other_data.ran(saved, notebook.parent)


def test_a_sentence_ends_where_the_next_begins():
    cells = [
        {"cell_type": "markdown", "id": "a", "source": "At 0.5, e.g. here, it is 1.5. Then 2.5! **So** 3.5."}
    ]
    found = other_data.loose_sentences({"cells": cells})
    assert [(text, which) for _, text, which in found] == [
        ("At 0.5, e.g. here, it is 1.5.", ["0.5", "1.5"]),
        ("Then 2.5!", ["2.5"]),
        ("**So** 3.5.", ["3.5"]),
    ]


PAGE = (Path(__file__).parents[1] / "web/pages/teach.md").read_text().split("## With your own data")[1]


@pytest.mark.parametrize(
    "told, word, numbers",
    [
        ("- 00 and 04: leave the argument `presets`", r"\bpresets=", "00 04"),
        ("- 00 and 01: name a column of yours in place of pgg45 and gleason", '"(pgg45|gleason)"', "00 01"),
        ("- 02 and 03: choose two columns of your own", r'\["lcavol", "svi"\]', "02 03"),
        ("- 03 to 06: write your number of columns where the code has an 8", r"\b8\b", "03 04 05 06"),
        ("and of training rows where it has a 67", r"\b67\b", "04 06"),
        ("since some lines do not stop: `2 / 67` in 04", "2 / 67", "04"),
        (
            "- 06: give the bootstrap's cell a λ of yours and, in place of its four",
            r"\bfour = frozenset\(",
            "06",
        ),
        ("the next\n  knot by hand, in `A, s`, the two", r"^A, s = \[0, 1\]", "06"),
        ("Leave out the comparison with a book's table", r"^book = \[", "06"),
        ("for more than nine features, the explorer of all sign patterns", "explore_sign_patterns", "06"),
        ("- 07: your file stands in the first cell", r"^own_path, own_label = ", "07"),
    ],
)
def test_the_page_for_teachers_names_what_to_change_and_where(told, word, numbers):
    assert told in PAGE
    code = {path.stem[:2]: "\n".join(cell.source for cell in code_cells(path)) for path in ALL}
    assert all(re.search(word, code[number], flags=re.M) for number in numbers.split())
