"""The students' notebooks: no solution in any file, every exercise answerable, and all or nothing."""

import json
import re
import shutil
import tempfile
from pathlib import Path

import nbformat
import numpy as np
import pytest
from sklearn.linear_model import Lasso, LinearRegression

import lasso_helpers
from lasso_helpers import handout
from lasso_helpers.checks import EXERCISES as CATALOGUE
from lasso_helpers.checks import ours
from reading import WIDGET, is_prediction
from test_notebooks import ALL, EXERCISES, FOLDER, code_cells, each_notebook, read, results

NAMES = [(stem, name) for stem, names in EXERCISES.items() for name in names]


@pytest.fixture(scope="module")
def sets(tmp_path_factory):
    """The folders of the students and of the teacher, as the command writes them."""
    folder = tmp_path_factory.mktemp("class")
    students, teacher = folder / "students", folder / "teacher"
    handout.main([str(students), "--teacher", str(teacher), "--notebooks", str(FOLDER)])
    return students, teacher


def solution(stem, name):
    cells = {cell.id: cell.source for cell in read(FOLDER / f"{stem}.ipynb").cells}
    return re.search(r"```python\n(.+?)\n```", cells[f"solution-{name.replace('_', '-')}"], flags=re.S)[1]


def pressed(text):
    """A text without what makes no other answer of it."""
    return re.sub(r"\s|lasso_helpers\.", "", text)


def taught_before(stem, name):
    """The code that a student has read when the exercise is set: open cells above it, stub and hint."""
    slug, said = name.replace("_", "-"), []
    for path in ALL:
        for cell in read(path).cells:
            if cell.cell_type == "code" and not cell.metadata.get("jupyter", {}).get("source_hidden"):
                said.append(cell.source)
            if path.stem == stem and cell.id == f"hint-{slug}":
                return pressed("\n".join([*said, cell.source]))


def told(stem, name):
    """Each line of a solution, and what stands behind its `return` or `=`, unless it was taught before."""
    known, found = taught_before(stem, name), set()
    for line in solution(stem, name).splitlines():
        core = pressed(re.split(r"\breturn | = |:$", line, maxsplit=1)[-1])
        if len(core) > 3 and core not in known:
            found |= {core, pressed(line)}
    return found


def pieces(folder):
    """What stands in every file, its blanks left out; of a notebook source, outputs and metadata."""
    for path in folder.rglob("*"):
        if path.is_file():
            text = path.read_text()
            yield path, pressed(str(json.loads(text)).replace("\\n", "") if path.suffix == ".ipynb" else text)


@pytest.mark.parametrize("stem, name", NAMES, ids=[name for _, name in NAMES])
def test_no_line_of_a_solution_stands_in_any_file(sets, stem, name):
    lines = told(stem, name)
    for path, text in pieces(sets[0]):
        assert {line for line in lines if line in text} == set(), path
    assert any(line in text for _, text in pieces(sets[1]) for line in lines) or not lines


def test_most_solutions_have_a_line_that_is_told_nowhere_before():
    assert sum(bool(told(*pair)) for pair in NAMES) >= len(NAMES) - 1  # start_bias is y.mean()


@pytest.mark.parametrize("path", [path for path in ALL if path.stem in EXERCISES], ids=lambda path: path.stem)
def test_every_stub_can_be_answered_and_the_notebook_runs_through(sets, path, monkeypatch):
    """In one run: each stub as it is, then with its solution, then as it is again, for the cells below."""
    notebook, checks = nbformat.read(sets[0] / path.name, as_version=4), {}
    for name in EXERCISES.get(path.stem, []):
        slug = name.replace("_", "-")
        ids = [cell.id for cell in notebook.cells]
        stub, check = (notebook.cells[ids.index(f"{part}-{slug}")] for part in ("stub", "check"))
        answered, again, back = (nbformat.v4.new_code_cell(cell.source) for cell in (stub, check, stub))
        answered.source = solution(path.stem, name)
        after = ids.index(check.id) + 1
        notebook.cells[after:after] = [answered, again, back]
        checks[name] = check.id, again.id
    monkeypatch.chdir(sets[0])
    said = dict(zip([cell.id for cell in notebook.cells], map(repr, results(notebook))))
    for name, (before, after) in checks.items():
        assert said[before] == f"{name}: not attempted yet" and said[after].startswith(f"✅ {name}: right")


@each_notebook
def test_a_prediction_has_its_options_and_no_reply(sets, path):
    given = {cell.id: cell.source for cell in read(sets[0] / path.name).cells}
    for cell in filter(is_prediction, read(path).cells):
        options = re.findall(r"<summary>(.+?)</summary>", cell.source)
        question = cell.source.split("<details")[0]
        assert given[cell.id] == question + "\n".join(f"- {option}" for option in options)


@each_notebook
def test_only_explorers_show_something_and_only_their_picture(sets, path):
    for cell in code_cells(sets[0] / path.name):
        assert cell.execution_count is None
        assert "outputs_hidden" not in cell.metadata.get("jupyter", {})
        assert not cell.outputs or WIDGET in cell.outputs[0].data
    explorers = [cell.id for cell in code_cells(path) if WIDGET in json.dumps(cell)]
    assert [cell.id for cell in code_cells(sets[0] / path.name) if cell.outputs] == explorers


@each_notebook
def test_all_else_is_as_it_was(sets, path):
    before, after = read(path), read(sets[0] / path.name)
    nbformat.validate(after)
    assert after.metadata == before.metadata and after.nbformat_minor == before.nbformat_minor
    kept = [cell for cell in before.cells if not cell.id.startswith("solution-")]
    assert [cell.id for cell in after.cells] == [cell.id for cell in kept]
    changed = {was.id for was, cell in zip(kept, after.cells) if was.source != cell.source}
    predictions = {cell.id for cell in kept if is_prediction(cell)}
    assert changed == predictions | set(handout.INSTEAD.get(path.stem, {}))


def test_pictures_and_data_come_along_and_the_lecturers_notes_do_not(sets):
    files = {path.relative_to(FOLDER) for path in FOLDER.rglob("*") if path.is_file()}
    files = {path for path in files if not any(part.startswith(".") for part in path.parts)}
    students, teacher = ({path.relative_to(of) for path in of.rglob("*") if path.is_file()} for of in sets)
    assert teacher == files and students == files - {Path("lecturer_notes.md")}
    for path in files:
        assert (sets[1] / path).read_bytes() == (FOLDER / path).read_bytes()
        if path in students and path.suffix != ".ipynb":
            assert (sets[0] / path).read_bytes() == (FOLDER / path).read_bytes()


@pytest.mark.parametrize("name", sorted(name for name, task in CATALOGUE.items() if not task.changes))
def test_ours_is_a_right_answer(name):
    assert lasso_helpers.check(name, ours(name)).passed


def test_ours_beside_the_values_of_07(diabetes):
    X, y, X_test, y_test = (part.numpy() for part in diabetes.exact[:4])
    models = Lasso(alpha=ours("chosen") / 2, tol=1e-12, max_iter=100_000), LinearRegression()
    predictions = [model.fit(X, y[:, 0]).predict(X_test) for model in models]
    assert ours("squares") == pytest.approx((np.column_stack(predictions) - y_test) ** 2, rel=1e-3, abs=1e-3)


def test_ours_names_what_it_knows():
    with pytest.raises(ValueError, match=r"name must be one of best_weight, .*zscore_test, got 'rigde'"):
        ours("rigde")
    assert set(CATALOGUE) == {name for _, name in NAMES}


@pytest.mark.parametrize(
    "told, stem, cell, words",
    [
        ("The recap of 02 and the\n  start of 03 name how many", "02_l1_penalty", "recap", "to 6,561 for 8"),
        ("The recap of 02 and the\n  start of 03 name how many", "03_gradient_descent", "recall", "= 6,561"),
        ("the soft threshold of 05 is what 02 asks for", "05_exact_zeros", "soft-threshold", "By 02's three"),
        (
            "in 07 the\n  section on one's own table calls `cross_validate`",
            "07_your_turn",
            "own-choice",
            ".cross_validate(",
        ),
        ("It gives right results to whoever calls it", "07_your_turn", "go-on-chosen", handout.OURS),
    ],
)
def test_the_page_for_teachers_says_what_stands_in_later_text(sets, told, stem, cell, words):
    page = (FOLDER.parent / "web/pages/teach.md").read_text().split("## Notebooks for your students")[1]
    assert told in page
    assert words in next(one.source for one in read(sets[0] / f"{stem}.ipynb").cells if one.id == cell)


def written(tmp_path, *cells, name="01_mine"):
    """A folder `notebooks` with one notebook of these cells."""
    folder = tmp_path / "notebooks"
    folder.mkdir(exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells)), folder / f"{name}.ipynb")
    return folder


FOLDED = "<details>\n<summary>Solution of mine</summary>\n\n1 + 1\n\n</details>"
TEXT = nbformat.v4.new_markdown_cell("Add one and one.")


def test_a_solution_is_a_fold_or_a_tagged_cell(tmp_path):
    tagged = nbformat.v4.new_code_cell("1 + 1", metadata={"tags": ["solution"]})
    cells = [
        TEXT,
        tagged,
        nbformat.v4.new_markdown_cell(FOLDED),
        nbformat.v4.new_markdown_cell(f"Try.\n\n{FOLDED}"),
    ]
    handout.handout(tmp_path / "out", notebooks=written(tmp_path, *cells))
    assert [cell.source.strip() for cell in read(tmp_path / "out/01_mine.ipynb").cells] == [
        TEXT.source,
        "Try.",
    ]


def test_an_empty_folder_will_do(tmp_path, monkeypatch):
    written(tmp_path, TEXT)
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path)
    handout.main(["out"])
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["01_mine.ipynb"]


@each_notebook
def test_a_copy_under_another_name_is_cleaned_as_well(sets, path, tmp_path):
    (tmp_path / "notebooks").mkdir()
    shutil.copy(path, tmp_path / f"notebooks/{path.stem}-Copy1.ipynb")
    handout.handout(tmp_path / "out", notebooks=tmp_path / "notebooks")
    assert (tmp_path / f"out/{path.stem}-Copy1.ipynb").read_bytes() == (sets[0] / path.name).read_bytes()


@pytest.mark.parametrize("stem", sorted(handout.INSTEAD))
def test_a_single_cell_of_the_series_is_cleaned_and_a_namesake_is_kept(sets, stem, tmp_path):
    given = {cell.id: cell.source for cell in read(sets[0] / f"{stem}.ipynb").cells}
    cells = [cell for cell in read(FOLDER / f"{stem}.ipynb").cells if cell.id in handout.INSTEAD[stem]]
    for cell in cells:
        written(tmp_path, cell, name="alone")
        written(tmp_path, nbformat.v4.new_markdown_cell("Mine.", id=cell.id), name="namesake")
        handout.handout(tmp_path / cell.id, notebooks=tmp_path / "notebooks")
        after = [read(tmp_path / cell.id / f"{name}.ipynb").cells for name in ("alone", "namesake")]
        assert [one.source for (one,) in after] == [given[cell.id], "Mine."]


def stub(source):
    return nbformat.v4.new_code_cell(source, id="stub-mine")


@pytest.mark.parametrize(
    "source",
    [
        "def mine(a):\n    return a + 1",
        "def mine(a):\n    return a + 1\n    return ...  # your line here",
        "def mine(a):\n    # return ...\n    return a[..., None]",
        "mine = 1 + 1",
        "# mine = ...\nmine = 1 + 1",
        "",
    ],
)
def test_a_stub_that_holds_an_answer_is_not_given_out(tmp_path, source):
    folder = written(tmp_path, TEXT, stub(source))
    with pytest.raises(ValueError, match=r"^01_mine: cell stub-mine must hold a stub, `return ...` or"):
        handout.handout(tmp_path / "out", notebooks=folder)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "source", ["def mine(a, b=1):\n    return ...  # deine Zeile\n", "mine = ...", "def mine(): return ..."]
)
def test_a_stub_without_an_answer_is_given_out(tmp_path, source):
    handout.handout(tmp_path / "out", notebooks=written(tmp_path, stub(source)))
    (cell,) = read(tmp_path / "out/01_mine.ipynb").cells
    assert cell.source == source


def test_the_folder_one_works_in_will_do(tmp_path, monkeypatch):
    written(tmp_path, TEXT)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    handout.main([".", "--teacher", "../teacher", "--notebooks", "../notebooks"])
    assert [path.name for path in Path(".").iterdir()] == ["01_mine.ipynb"]
    assert [path.name for path in Path("../teacher").iterdir()] == ["01_mine.ipynb"]


@pytest.mark.parametrize("name, closed", [("out", "mine"), ("teacher", "yours")])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch, capsys, name, closed, is_there):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, TEXT)
    for folder in ("mine", "yours", *(["mine/set", "yours/set"] if is_there else [])):
        (tmp_path / folder).mkdir()
    before, make = everything(tmp_path), tempfile.mkdtemp

    def refused(suffix, prefix, dir):
        if closed in Path(dir).parts:
            raise PermissionError(13, "Permission denied", f"{dir}/{prefix}abc")
        return make(suffix, prefix, dir)

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    with pytest.raises(SystemExit, match="2"):
        handout.main(["mine/set", "--teacher", "yours/set"])
    words = capsys.readouterr().err
    assert f"{name} must be a folder that can be written, got '{closed}/set': Permission denied\n" in words
    assert everything(tmp_path) == before


def test_hidden_folders_stay_behind(tmp_path):
    hidden = written(tmp_path, TEXT) / "deep/.ipynb_checkpoints"
    hidden.mkdir(parents=True)
    shutil.copy(FOLDER / "02_l1_penalty.ipynb", hidden / "02_l1_penalty-checkpoint.ipynb")
    (tmp_path / "notebooks/.notes.md").write_text("1 + 1")
    (tmp_path / "notebooks/deep/__pycache__").mkdir()
    handout.handout(tmp_path / "out", tmp_path / "teacher", tmp_path / "notebooks")
    for folder in ("out", "teacher"):
        assert {path.name for path in (tmp_path / folder).rglob("*")} == {"01_mine.ipynb", "deep"}


def everything(folder):
    return {path: path.is_file() and path.read_bytes() for path in folder.rglob("*")}


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["full"], "out must be a new or an empty folder, got 'full'"),
        (["a_file"], "out must be a new or an empty folder, got 'a_file'"),
        (["out", "--teacher", "full"], "teacher must be a new or an empty folder, got 'full'"),
        (["no/where"], "out must lie in a folder that exists, got 'no/where'"),
        (["notebooks/out"], "out must not lie in the folder of the series, 'notebooks', got 'notebooks/out'"),
        (["notebooks/deep/out"], "out must not lie in the folder of the series.*, got 'notebooks/deep/out'"),
        (
            ["o", "--teacher", "notebooks/deep/t"],
            "teacher must not lie in the folder .*got 'notebooks/deep/t'",
        ),
        (["out", "--teacher", "out"], "teacher must be a folder apart from out 'out', got 'out'"),
        (["empty", "--teacher", "empty/t"], "teacher must be a folder apart from out 'empty', got 'empty/t'"),
        (["out", "--notebooks", "no"], r"notebooks must be the folder of the series \(--notebooks FOLDER\)"),
        (["out", "--notebooks", "empty"], "notebooks must be the folder of the series .* got 'empty'"),
        (["out", "--notebooks", "broken"], r"02_x.ipynb must be a notebook .* got JSONDecodeError"),
        (["out", "--notebooks", "changed"], "02_l1_penalty must have the cells by-cases.*: solutions stand"),
    ],
)
def test_a_wrong_call_says_why_and_writes_nothing(arguments, words, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    written(tmp_path, TEXT)
    for folder in ("full", "empty", "broken", "changed", "notebooks/deep"):
        (tmp_path / folder).mkdir()
    for file in ("full/notes.txt", "a_file", "broken/02_x.ipynb"):
        (tmp_path / file).write_text("mine")
    shutil.copy(tmp_path / "notebooks/01_mine.ipynb", tmp_path / "broken")
    shutil.copy(tmp_path / "notebooks/01_mine.ipynb", tmp_path / "changed/02_l1_penalty.ipynb")
    before = everything(tmp_path)
    with pytest.raises(SystemExit, match="2"):
        handout.main(arguments)
    assert re.search(words, capsys.readouterr().err)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["07_your_turn", "mine"])
def test_a_cell_that_no_longer_shows_what_is_replaced_is_named(tmp_path, name):
    cells = read(FOLDER / "07_your_turn.ipynb").cells
    next(cell for cell in cells if cell.id == "go-on-chosen").source = "pass"
    folder = written(tmp_path, *cells, name=name)
    words = rf"^{name}: cell go-on-chosen must hold '\^chosen = \.\+' once, got 0 times"
    with pytest.raises(ValueError, match=words):
        handout.handout(tmp_path / "out", notebooks=folder)
    assert not (tmp_path / "out").exists()
