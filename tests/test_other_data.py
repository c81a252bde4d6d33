"""Which sentences of a notebook no longer hold with other data. With ours all do: see test_notebooks."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from lasso_helpers import other_data
from lasso_helpers.notebook_files import read_notebook

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


def test_without_a_file_it_reads_what_was_saved(notebook, capsys):
    other_data.main([str(notebook)])
    assert "no output: 4\n" in capsys.readouterr().out  # nothing has run: each decimal is loose


def test_a_cell_that_is_to_stop_is_none_that_stops(notebook):
    saved = read_notebook(notebook)
    saved["cells"][-1] |= {"source": "1 / 0", "metadata": {"tags": ["raises-exception"]}}
    ran = other_data.ran(saved, notebook.parent)
    assert ran["cells"][-1]["outputs"][0]["output_type"] == "error" and other_data.stopped(ran) == []
    ran["cells"][-1]["metadata"] = {}
    assert other_data.stopped(ran) == [("code-3", "ZeroDivisionError: division by zero")]


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
    ],
)
def test_a_wrong_call_says_why(notebook, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(notebook.parent)
    with pytest.raises(SystemExit, match="2"):
        other_data.main(arguments)
    assert words in capsys.readouterr().err


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
