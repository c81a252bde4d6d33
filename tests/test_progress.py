"""What is read from notebooks that were run with right, wrong and missing answers."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import lasso_helpers
from lasso_helpers.handout import handout
from test_notebooks import EXERCISES, FOLDER

START = "import numpy as np\nimport torch\nfrom lasso_helpers import check"
STUB = "def {0}({1}):\n    return ..."
ARGUMENTS = {"rmse": "predictions, labels", "ridge_gradient": "w, b, X, y, lambda_coef", "patterns": "n"}
SLOPE = "2 * X.T @ (X @ w + b - y)"
RIGHT = {
    "rmse": "def rmse(a, b):\n    return ((a - b) ** 2).mean() ** 0.5",
    "ridge_gradient": f"def ridge_gradient(w, b, X, y, c):\n    return {SLOPE} / len(X) + 2 * c * w",
    "patterns": "patterns = lambda n: 3**n",
}
WRONG = {
    "rmse": "def rmse(a, b):\n    return ((a - b) ** 2).mean()",
    "ridge_gradient": f"def ridge_gradient(w, b, X, y, c):\n    return {SLOPE} + c * w",
    "patterns": "patterns = lambda n: 17",
}


def stub(name):
    return STUB.format(name, ARGUMENTS[name])


def student(folder, answers, notebook="04_mine", check='check("{0}", {0})'):
    """A notebook in which a student has run these answers, {exercise: code}, and saved it."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = [START]
    for name, code in answers.items():
        sources += [code, check.format(name)]
    written = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in sources])
    written.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(written, timeout=60, allow_errors=True).execute()
    nbformat.write(written, folder / f"{notebook}.ipynb")
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Three students: all right; one wrong, one right, one missing; one wrong, two with cells that stop."""
    folder = tmp_path_factory.mktemp("course")
    student(folder / "anna", RIGHT)
    mixed = {"rmse": WRONG["rmse"], "ridge_gradient": RIGHT["ridge_gradient"], "patterns": stub("patterns")}
    student(folder / "ben", mixed)
    student(
        folder / "cora",
        {"rmse": WRONG["rmse"], "ridge_gradient": "def ridge_gradient(w:", "patterns": "1 / 0"},
    )
    return folder


def states(table):
    return {(row.student, row.exercise): row.state for row in table.rows}


def test_each_verdict_is_the_one_that_check_gave(course):
    expected = dict.fromkeys([("anna", name) for name in RIGHT], "passed")
    expected |= {("ben", "rmse"): "not yet", ("ben", "ridge_gradient"): "passed"}
    expected |= {("ben", "patterns"): "not attempted", ("cora", "rmse"): "not yet"}
    expected |= {("cora", "ridge_gradient"): "not yet", ("cora", "patterns"): "not yet"}
    table = lasso_helpers.progress(course)
    assert states(table) == expected
    assert {row.notebook for row in table.rows} == {"04_mine"}


def test_the_diagnosis_is_the_checks_own(course, tmp_path):
    said = {(row.student, row.exercise): row.diagnosis for row in lasso_helpers.progress(course).rows}
    wrong = lasso_helpers.check("rmse", lambda a, b: ((a - b) ** 2).mean())
    assert f"rmse: {said['ben', 'rmse']}" == wrong.diagnosis
    assert said["anna", "rmse"] == "right, in 8 of 8 draws"
    assert said["ben", "patterns"] == "not attempted yet"
    assert said["cora", "patterns"] == "the cell stopped with NameError: name 'patterns' is not defined"


def test_one_student_is_a_line_for_each_exercise(tmp_path):
    answers = {"rmse": stub("rmse"), "ridge_gradient": WRONG["ridge_gradient"], "patterns": WRONG["patterns"]}
    table = lasso_helpers.progress(student(tmp_path, answers))
    head, *lines = repr(table).splitlines()
    assert head.split() == ["notebook", "exercise", "state", "diagnosis"]
    assert [line.split()[:3] for line in lines] == [
        ["04_mine", "rmse", "not"],
        ["04_mine", "ridge_gradient", "not"],
        ["04_mine", "patterns", "not"],
    ]
    assert lines[0].endswith("not attempted  not attempted yet")
    assert "1. the penalty's 2 is missing" in lines[1] and " 2. the 1/m is missing" in lines[1]
    assert "X =" not in repr(table) and "got " in table.rows[2].diagnosis.splitlines()[-1]


def test_of_a_class_it_counts(course):
    table = lasso_helpers.progress(course)
    (line,) = [line for line in repr(table).splitlines() if " rmse " in line]
    assert line.split()[:5] == ["04_mine", "rmse", "1", "2", "0"]
    diagnosis = next(row.diagnosis for row in table.rows if row.student == "ben")
    assert line.endswith(f"{diagnosis} (2)")
    (line,) = [line for line in repr(table).splitlines() if " patterns " in line]
    assert line.split()[:5] == ["04_mine", "patterns", "1", "1", "1"]


def test_as_html_and_as_a_pandas_table(course):
    table = lasso_helpers.progress(course)
    assert table._repr_html_().count("<tr") == 1 + 3
    frame = table.frame()
    assert list(frame.columns) == ["student", "notebook", "exercise", "state", "diagnosis"]
    assert frame.value_counts("state").to_dict() == {"passed": 4, "not yet": 4, "not attempted": 1}
    assert frame.to_csv(index=False).count("04_mine") == 9


def saved(folder, source, *outputs, name="01"):
    cell = nbformat.v4.new_code_cell(source, outputs=list(outputs))
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), folder / f"{name}.ipynb")


def test_words_of_a_student_stay_words(tmp_path):
    text = "❌ not yet · mine: <script>alert(1)</script> $x$"
    saved(tmp_path, 'check("mine", mine)', nbformat.v4.new_output("stream", text=text))
    shown = lasso_helpers.progress(tmp_path)._repr_html_()
    assert "<script>" not in shown and "$" not in shown and "&lt;script&gt;" in shown


def test_a_check_that_has_not_run_and_one_that_is_no_call(tmp_path):
    saved(tmp_path, 'check(\n    "mine",\n    mine,\n)')
    saved(tmp_path, '# check("no", no)\ncheck(name, other)', name="02")
    (row,) = lasso_helpers.progress(tmp_path).rows
    assert row == ("", "01", "mine", "not attempted", "the check has not been run")


def test_printed_verdicts_are_read_and_the_best_counts(tmp_path):
    printed = 'print(check("{0}", {0}))'
    answers = {"rmse": WRONG["rmse"], "ridge_gradient": RIGHT["ridge_gradient"], "patterns": stub("patterns")}
    student(tmp_path, answers, check=printed)
    before = states(lasso_helpers.progress(tmp_path))
    assert list(before.values()) == ["not yet", "passed", "not attempted"]
    both = [f"{WRONG['rmse']}\n{printed.format('rmse')}", RIGHT["rmse"]]
    student(tmp_path, {"rmse": "\n".join(both)}, check=f"{printed}\n{printed}\nprint(check('patterns', ...))")
    student(tmp_path / "later", {"rmse": WRONG["rmse"]}, check=printed)
    after = states(lasso_helpers.progress(tmp_path))
    assert after == {("", "rmse"): "passed", ("", "patterns"): "not attempted", ("later", "rmse"): "not yet"}


def test_the_handout_itself_is_not_attempted(tmp_path):
    handout(tmp_path / "out", notebooks=FOLDER)
    table = lasso_helpers.progress(tmp_path / "out")
    assert {row.diagnosis for row in table.rows} == {"the check has not been run"}
    expected = [(stem, name) for stem, names in EXERCISES.items() for name in names]
    assert [(row.notebook, row.exercise) for row in table.rows] == expected
    assert {row.diagnosis for row in lasso_helpers.progress(FOLDER).rows} == {"not attempted yet"}


def test_nothing_is_written_and_checkpoints_are_left_out(course):
    student(course / "anna/.ipynb_checkpoints", {"patterns": WRONG["patterns"]})
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    table = lasso_helpers.progress(course)
    repr(table), table._repr_html_(), table.frame()
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before
    assert states(table)["anna", "patterns"] == "passed" and len(table.rows) == 9


def outputs(*said):
    return [nbformat.v4.new_output("stream", text=f"{text}\n") for text in said]


def said_of_mine(folder, *texts, name="01"):
    """A notebook in which one cell checks `mine`, and says these texts."""
    folder.mkdir(parents=True, exist_ok=True)
    saved(folder, 'check("mine", mine)', *outputs(*texts), name=name)


RIGHT_ONE, WRONG_ONE = "✅ mine: right, in 8 of 8 draws", "❌ not yet · mine: the 2 is missing"


@pytest.mark.parametrize(
    "texts, verdict",
    [
        ([RIGHT_ONE, WRONG_ONE], ("passed", "right, in 8 of 8 draws")),
        ([f"{WRONG_ONE}\n{RIGHT_ONE}\nmine: not attempted yet"], ("passed", "right, in 8 of 8 draws")),
        (["mine: not attempted yet", f"{WRONG_ONE}\n\n"], ("not yet", "the 2 is missing")),
        ([WRONG_ONE, "mine: not attempted yet"], ("not yet", "the 2 is missing")),
        ([WRONG_ONE, "❌ not yet · mine: the 3 is missing"], ("not yet", "the 3 is missing")),
    ],
)
def test_of_several_verdicts_of_a_cell_the_best_counts_and_of_equals_the_last(tmp_path, texts, verdict):
    said_of_mine(tmp_path, *texts)
    (row,) = lasso_helpers.progress(tmp_path).rows
    assert row == ("", "01", "mine", *verdict)


@pytest.mark.parametrize("first, second", [(RIGHT_ONE, WRONG_ONE), (WRONG_ONE, RIGHT_ONE)])
@pytest.mark.parametrize("name", ["01_x-Copy1", "01_x-Copy12", "01_x-Copy1-Copy2", "sub/01_x"])
def test_a_copy_counts_with_its_original(tmp_path, first, second, name):
    copy = tmp_path / "anna" / name
    said_of_mine(tmp_path / "anna", first, name="01_x")
    said_of_mine(copy.parent, second, name=copy.name)
    (row,) = lasso_helpers.progress(tmp_path).rows
    assert row[:4] == ("anna", "01_x", "mine", "passed")


def test_the_copy_of_one_whose_original_is_missing_bears_its_name(tmp_path):
    said_of_mine(tmp_path, RIGHT_ONE, name="01_x-Copy1")
    said_of_mine(tmp_path, RIGHT_ONE, name="02-Copy1_x")
    assert [row.notebook for row in lasso_helpers.progress(tmp_path).rows] == ["01_x", "02-Copy1_x"]


@pytest.fixture
def course_with_gaps(tmp_path):
    """Of four students one has two notebooks, one a notebook without its check, two have nothing."""
    said_of_mine(tmp_path / "anna", WRONG_ONE, name="02")
    said_of_mine(tmp_path / "anna", RIGHT_ONE, name="01")
    (tmp_path / "ben").mkdir()
    saved(tmp_path / "ben", "1 + 1", name="01")
    for folder in ("dora", "cleo/.ipynb_checkpoints", ".hidden", "__MACOSX"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "list.csv").write_text("anna,ben,cleo,dora")
    return tmp_path


def test_who_has_handed_in_nothing_has_not_attempted_it(course_with_gaps):
    table = lasso_helpers.progress(course_with_gaps)
    nothing = [(name, "mine", "not attempted", "no notebook at all") for name in ("01", "02")]
    assert table.rows == [
        ("anna", "01", "mine", "passed", "right, in 8 of 8 draws"),
        ("anna", "02", "mine", "not yet", "the 2 is missing"),
        ("ben", "01", "mine", "not attempted", "no such check in it"),
        ("ben", "02", "mine", "not attempted", "no such notebook"),
        *(("cleo", *row) for row in nothing),
        *(("dora", *row) for row in nothing),
    ]
    _, first, second, below = repr(table).splitlines()
    assert first.split() == ["01", "mine", "1", "0", "3"] and second.split()[:5] == "02 mine 0 1 3".split()
    assert below == "no notebook at all: cleo, dora"
    assert table._repr_html_().endswith("</table><p>no notebook at all: cleo, dora</p>")


def test_a_students_own_folder_may_have_others_beside_the_notebooks(tmp_path):
    said_of_mine(tmp_path, RIGHT_ONE)
    (tmp_path / "data").mkdir()
    table = lasso_helpers.progress(tmp_path)
    assert len(table.rows) == 1 and "no notebook" not in repr(table)


def test_what_stops_most_goes_by_its_count_and_only_mistakes_are_counted(tmp_path):
    slips = ["the 2", "the 1/m", "the 1/m", "the 1/m", "the sign", "the sign"]
    for k, slip in enumerate(slips):
        said_of_mine(tmp_path / f"s{k}", f"❌ not yet · mine: {slip} is missing")
    for k in range(4):
        said_of_mine(tmp_path / f"t{k}", "mine: not attempted yet")
        said_of_mine(tmp_path / f"u{k}", RIGHT_ONE)
    (line,) = repr(lasso_helpers.progress(tmp_path)).splitlines()[1:]
    assert line.split(maxsplit=5) == ["01", "mine", "4", "6", "4", "the 1/m is missing (3)"]


def test_rows_are_in_order_whatever_the_disks(tmp_path, monkeypatch):
    for student in ("anna", "ben", "cora"):
        for name in ("03", "01", "02", "02-Copy1"):
            said_of_mine(tmp_path / student, WRONG_ONE, name=name)
    expected = [(student, name) for student in ("anna", "ben", "cora") for name in ("01", "02", "03")]
    listed = {path: sorted(path.rglob("*.ipynb")) for path in (tmp_path, tmp_path / "ben")}
    for turn in (1, -1):
        monkeypatch.setattr(Path, "rglob", lambda self, _, turn=turn: iter(listed[self][::turn]))
        table = lasso_helpers.progress(tmp_path)
        assert [row[:2] for row in table.rows] == expected
        assert [line.split()[0] for line in repr(table).splitlines()[1:]] == ["01", "02", "03"]
        alone = lasso_helpers.progress(tmp_path / "ben")
        assert [row[:2] for row in alone.rows] == [("", name) for name in ("01", "02", "03")]


CODE = '{"cell_type": "code", "source": "", %s}'


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"cells": [3]}', '{"cells": [{"source": 3}]}', "\udcff", "[" * 100_000]
    + [f'{{"cells": [{CODE % more}]}}' for more in ('"outputs": [{}]', '"outputs": [3]', '"metadata": null')],
)
def test_a_file_that_is_no_notebook_is_named_and_the_others_are_read(tmp_path, text):
    said_of_mine(tmp_path / "anna", WRONG_ONE, name="02")
    said_of_mine(tmp_path / "ben", RIGHT_ONE, name="01")
    (tmp_path / "cora").mkdir()
    broken = [tmp_path / student / "01.ipynb" for student in ("anna", "cora")]
    for path in broken:
        path.write_bytes(text.encode("utf8", "surrogateescape"))
    table = lasso_helpers.progress(tmp_path)
    words = " must be a notebook (.ipynb of format 4), got "
    assert [sentence.split(words)[0] for sentence in table.unreadable] == [str(path) for path in broken]
    assert [(*row[:2], row.state, row.diagnosis) for row in table.rows] == [
        ("anna", "02", "not yet", "the 2 is missing"),
        ("ben", "01", "passed", "right, in 8 of 8 draws"),
        ("ben", "02", "not attempted", "no such notebook"),
        ("cora", "02", "not attempted", "no such notebook"),
    ]
    _, *lines = repr(table).splitlines()
    assert [line.split()[:5] for line in lines[:2]] == ["01 mine 1 0 0".split(), "02 mine 0 1 2".split()]
    assert lines[2:] == "\n".join(table.unreadable).splitlines()
    assert table._repr_html_().count("/01.ipynb must be a notebook") == 2


def test_a_sentence_below_the_table_stays_words(tmp_path):
    said_of_mine(tmp_path, RIGHT_ONE)
    (tmp_path / "<b>$x$.ipynb").write_text("")
    shown = lasso_helpers.progress(tmp_path)._repr_html_()
    assert "<b>" not in shown and "$" not in shown and "&lt;b&gt;" in shown


def test_all_broken_files_are_named_at_once(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.ipynb").write_text(json.dumps({"worksheets": []}))  # format 3
    with pytest.raises(ValueError, match=r"(?s)a.ipynb must be .+b.ipynb must be "):
        lasso_helpers.progress(tmp_path)


@pytest.mark.parametrize("name", ["no", "file.txt", "empty"])
def test_a_folder_without_notebooks(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("")
    with pytest.raises(ValueError, match=rf"folder must be a folder of notebooks .+ got '.+{name}'"):
        lasso_helpers.progress(tmp_path / name)
