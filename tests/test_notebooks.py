"""What nbval cannot see: the prose, the anatomy, the solutions. nbval itself compares every output."""

import json
import re

import matplotlib
import nbformat
import pytest
import torch
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from matplotlib import pyplot

import lasso_helpers
import reading
from lasso_helpers.notebook_files import output_text
from lasso_helpers.other_data import loose_decimals
from reading import (
    FOLDER,
    WIDGET,
    closed,
    is_folded,
    is_prediction,
    kernel_metadata,
    placeholder,
    question,
    shown,
)

ALL = sorted(FOLDER.glob("*.ipynb"))
NOTEBOOKS = [path for path in ALL if path.stem != "08_same_in_tensorflow"]  # the road; 08 is an extra
EXERCISES = {
    "00_start_here": ["zscore_test"],
    "01_ridge_closed_form": ["ridge"],
    "02_l1_penalty": ["best_weight", "patterns"],
    "03_gradient_descent": ["ridge_gradient", "largest_lr"],
    "04_autograd_lasso": ["rmse", "two_steps"],
    "05_exact_zeros": ["ista_step", "kkt_violation"],
    "06_lasso_path": ["lambda_max", "one_se", "paired_gain"],
    "07_your_turn": ["chosen", "test_error"],
}  # the first is core, the others are optional; both of 07 are core

each_notebook = pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
each_on_the_road = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def markdown_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "markdown"]


def test_the_series_is_complete():
    assert [path.stem for path in NOTEBOOKS] == list(EXERCISES)


@each_notebook
def test_every_decimal_of_the_prose_is_computed(path):
    prose = "\n".join(cell.source for cell in markdown_cells(path))
    assert loose_decimals(prose, output_text(code_cells(path))) == []


def test_a_wrong_decimal_would_be_seen():
    assert loose_decimals("It is 0.944, then 0.9.", "train 0.9441, test 0.9") == ["0.944"]


WHOLE = re.compile(r"(?<![\w.,^_])\d{1,3}(?:,\d{3})+(?![\w]|\.\d)|(?<![\w.,^_])\d\d+(?![\w]|[.,]\d)")
ELSEWHERE = {  # whole numbers of the prose that no output of their notebook holds
    "00_start_here": {"10", "97", "100"},  # the men; a factor, and a percentage's
    "01_ridge_closed_form": {"30", "67", "442", "2,000"},  # as the data's cards and the cell below say
    "03_gradient_descent": {"6,561"},  # 02's
    "04_autograd_lasso": {"42", "97"},  # 03's
    "05_exact_zeros": {"4,000", "235,750"},  # the cell below; 04's
    "06_lasso_path": {"57", "67", "97", "115"},  # 04's; of 120 features 5 count
    "07_your_turn": {"30", "42", "57", "442"},  # the cell below, 03's, 04's
}


NOT_COMPUTED = re.compile(
    r"```.*?```|`[^`]*`|\]\([^)]*\)|\(0\d[^)]*\)|\b(?:19|20)\d\d\b|\b\d+ minutes|and \d+ in \"Further", re.S
)


def loose_whole_numbers(prose, outputs):
    """Whole numbers from 10 on that stand in no output; code, links, years and minutes are left out."""
    said, shown = WHOLE.findall(NOT_COMPUTED.sub("", prose)), WHOLE.findall(outputs)
    shown = {number.replace(",", "") for number in shown}
    return {number for number in said if number[0] != "0" and number.replace(",", "") not in shown}


@each_notebook
def test_every_whole_number_of_the_prose_is_computed_or_known(path):
    prose = "\n".join(cell.source for cell in markdown_cells(path))
    assert loose_whole_numbers(prose, output_text(code_cells(path))) == ELSEWHERE.get(path.stem, set())


def test_a_wrong_whole_number_would_be_seen():
    prose = "In 14 of 35 (04) in 1996, 235,750 states, 60 minutes, `x[17]`, [02](17.md)."
    assert loose_whole_numbers(prose, "14 of 36, 235750") == {"35"}
    assert loose_whole_numbers(prose, "14 of 35, 7.12") == {"235,750"}


@each_notebook
def test_every_code_cell_is_saved_executed_in_order_and_without_an_error(path):
    cells = [cell for cell in code_cells(path) if not is_left_out(cell)]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert all(output.output_type != "error" for cell in cells for output in cell.outputs)
    assert not any(output.get("name") == "stderr" for cell in cells for output in cell.outputs)


def is_left_out(cell):
    """Not run by nbconvert and by the site: an `interact`, whose pictures no saved notebook can hold."""
    return "skip-execution" in cell.metadata.get("tags", [])


@each_notebook
def test_a_cell_that_is_left_out_is_an_interact_and_holds_nothing(path):
    left_out = [cell for cell in code_cells(path) if is_left_out(cell)]
    assert len(left_out) == (path.stem == "04_autograd_lasso")
    assert all("interact(" in cell.source and not cell.outputs for cell in left_out)


@each_notebook
def test_the_file_is_lean(path):
    notebook = read(path)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert "widgets" not in notebook.metadata and path.stat().st_size < 700_000
    assert all(
        (re.fullmatch(r"[a-z][a-z0-9-]{2,}", cell.id) and "-" in cell.id) or cell.id.isalpha()
        for cell in notebook.cells
    )
    assert not any("execution" in cell.metadata for cell in notebook.cells)  # times differ at every run
    assert not re.search(r"/work/|/tmp/|/root/|/home/", path.read_text())


def test_the_metadata_are_the_kernels_own():
    """JupyterLab marks a notebook as unsaved where it has something to write into them. Only the version of
    Python may be another machine's; it is the same in all notebooks."""
    own, versions = kernel_metadata(), set()
    for path in ALL:
        saved = read(path).metadata
        versions.add(saved["language_info"]["version"])
        own["language_info"]["version"] = saved["language_info"]["version"]
        assert saved == own, path.stem
    assert len(versions) == 1 and re.fullmatch(r"3\.\d+\.\d+", *versions)


@each_on_the_road
def test_what_stands_before_an_explorer_says_how_its_sliders_come(path):
    said = ""
    for cell in read(path).cells:
        if cell.cell_type == "markdown":
            said = cell.source
        elif WIDGET in json.dumps(cell):
            assert re.search(r"Run [^.;]*\(Shift\+Enter\); then \w", said), cell.id


@pytest.mark.parametrize("stem", ["00_start_here", "04_autograd_lasso"])
def test_it_begins_with_the_explorer(stem):
    title, explorer = read(FOLDER / f"{stem}.ipynb").cells[:2]
    assert title.source.startswith("# ") and len(title.source.split()) <= 60
    assert "explore_learning_curves(" in explorer.source and WIDGET in json.dumps(explorer)


def test_00_says_what_a_tensor_is_before_its_first_exercise_and_draws_no_road():
    cells = read(FOLDER / "00_start_here.ipynb").cells
    ids = [cell.id for cell in cells]
    assert ids.index("tensor") < ids.index("exercise-zscore-test")
    assert len(cells[ids.index("tensor")].source.splitlines()) == 3
    stations = re.findall(r"\[!\[.+?\]\((.+?)\)\]\((.+?)\)", cells[ids.index("road-links")].source)
    assert [link for _, link in stations] == [path.name for path in NOTEBOOKS]
    assert all((FOLDER / picture).read_text().startswith("<svg") for picture, _ in stations)
    assert "road = [" not in "".join(cell.source for cell in cells)


@each_notebook
def test_every_picture_has_its_message(path):
    pictures = 0
    for cell in code_cells(path):
        for output in cell.outputs:
            if "image/png" not in output.get("data", {}):
                continue
            pictures += 1
            if cell.id == "lecture-picture":  # the lecture's own plt.show()
                continue
            alt = output.metadata["image/png"]["alt"]
            assert len(alt) > 30
            shown = output_text([cell])
            assert alt in shown
    assert pictures >= 1


@each_notebook
def test_the_title_is_a_question_with_goals_and_minutes(path):
    first = "\n".join(cell.source for cell in markdown_cells(path)[:3])
    assert re.match(rf"# {path.stem[:2]} · .+\?\n", first)
    assert "After this you can" in first and re.search(r"\b\d\d minutes\b", first)
    assert "## Recap" in markdown_cells(path)[-1].source


MOST_WORDS, MOST_MINUTES = 11_500, 60


def words(path):
    """The words a reader of the notebook's prose meets, everything folded opened."""
    return len(" ".join(cell.source for cell in markdown_cells(path)).split())


def minutes(path):
    """Of a student alone: 130 words in one; 2 for a prediction, 6 for a core exercise, 1 for a code cell."""
    cells = read(path).cells
    heads = [cell.source.split("\n")[0] for cell in cells if cell.id.startswith("exercise-")]
    core = sum(not head.endswith("(optional)") for head in heads)
    predictions = sum(map(is_prediction, cells))
    return words(path) / 130 + 2 * predictions + 6 * core + len(code_cells(path))


def test_the_series_can_be_read_in_a_day():
    total = sum(map(words, ALL))
    assert total <= MOST_WORDS, f"{total} words: what comes in takes the place of something else"


@each_notebook
def test_a_notebook_takes_no_longer_than_an_hour(path):
    assert minutes(path) <= MOST_MINUTES


@each_notebook
def test_predictions_have_a_reply_to_every_option(path):
    predictions = [cell for cell in markdown_cells(path) if is_prediction(cell)]
    assert len(predictions) >= (3 if path in NOTEBOOKS else 1)
    for cell in predictions:
        option = rf'<details name="{cell.id}"><summary>(.+?)</summary>\n\n(.+?)\n\n</details>'
        replies = re.findall(option, cell.source, flags=re.S)
        assert len(replies) == cell.source.count("<details") >= 3  # of one name: one is open at a time
        assert all(len(reply.split()) >= 10 for _, reply in replies)


@each_notebook
def test_details_have_no_name_but_in_a_prediction(path):
    others = [cell.source for cell in markdown_cells(path) if not is_prediction(cell)]
    assert not any("<details name" in source for source in others)


@each_notebook
def test_an_answer_is_saved_folded_and_is_no_explorer(path):
    notebook = read(path)
    folded = [cell for cell in notebook.cells if is_folded(cell)]
    assert all("explore_" not in cell.source and cell.outputs for cell in folded)
    for i, cell in enumerate(notebook.cells):
        if is_prediction(cell):
            following = next(
                later for later in notebook.cells[i + 1 :] if later.cell_type == "code" and later.outputs
            )
            assert following in folded


@each_notebook
def test_the_first_line_of_a_folded_output_is_nothing_computed(path):
    """JupyterLab shows it: it stands as it is in the cell's source, or is a figure's bare name."""
    for cell in filter(is_folded, read(path).cells):
        line = placeholder(cell)
        assert line in cell.source or re.fullmatch(r"<Figure size \d+x\d+ with \d Axes>", line), cell.id
        assert line.startswith("<Figure") or line not in ("", output_text([cell]).strip()), cell.id


@each_notebook
def test_what_is_read_off_an_answer_is_folded_until_the_next_heading(path):
    """What stands between an answer and the next section, if it speaks of the answer, is in a <details>."""
    cells = read(path).cells
    for i, cell in enumerate(cells):
        if is_folded(cell):
            prose = closed("\n\n".join(part.source for part in _until_a_heading(cells[i + 1 :])))
            assert not numbers(prose) & answer_numbers(cells, i), cell.id


def _until_a_heading(cells):
    for cell in cells:
        if cell.cell_type == "markdown" and (cell.source.startswith("#") or is_prediction(cell)):
            return
        if cell.cell_type == "markdown":
            yield cell


def numbers(text):
    """The numbers that tell something, those of two significant digits or more; signs left out."""
    found = re.findall(r"(?<![\w.,:])\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?(?: ?%)?(?!\w*\d)", text)
    return {number.replace(" ", "") for number in found if len(re.sub(r"\D", "", number).strip("0")) > 1}


KNOWN = {  # of an answer's numbers those that do not answer: given before, or another thing's as well
    "order-of-entry": {"0.228"},  # age's correlation, and svi's weight in an explorer above
    "count-zeros": {"31"},  # the explorer's values of α
}


def answer_numbers(cells, place):
    """The numbers in a folded output that neither the question nor the cell itself names."""
    asked = question(cells[last_prediction(cells, place)])
    known = numbers(f"{cells[place].source}\n{asked}") | KNOWN.get(cells[place].id, set())
    return numbers(output_text([cells[place]])) - known


def last_prediction(cells, place):
    return next(k for k in range(place, -1, -1) if is_prediction(cells[k]))


def told_too_early(notebook, ran):
    """{the id of a folded cell: the numbers of its answer that can be read without running it}.

    As saved (ran=False) one reads the whole notebook but its recap; after Run All, what stands above the
    cell, an answer's earlier cells left out. The explorer on the first screen is exempt, and what it says
    is known.
    """
    cells, early = notebook.cells, {}
    opening = [cell for cell in cells[:2] if "explore_" in cell.source]
    for i, cell in enumerate(cells):
        if not is_folded(cell):
            continue
        since = last_prediction(cells, i)
        above = [part for k, part in enumerate(cells[:i]) if not (is_folded(part) and k > since)]
        readable = [part for part in (above if ran else cells[:-1]) if part not in opening]
        seen = numbers("\n".join(shown(part, ran) for part in readable))
        if told := (answer_numbers(cells, i) - numbers(output_text(opening))) & seen:
            early[cell.id] = told
    return early


@pytest.mark.parametrize("ran", [False, True], ids=["as saved", "after Run All"])
@each_notebook
def test_no_number_of_an_answer_is_told_before_its_cell(path, ran):
    assert told_too_early(read(path), ran) == {}


@each_on_the_road
def test_the_widget_is_followed_by_its_snapshot(path):
    explorers = [cell for cell in code_cells(path) if WIDGET in json.dumps(cell)]
    assert explorers, f"{path.name} has no cell that was saved with an explorer"
    for cell in explorers:
        widget, picture = cell.outputs
        assert "text/plain" in widget.data and "text/html" not in widget.data
        assert list(picture.data) == ["image/png"]


@each_notebook
def test_links_lead_somewhere(path):
    for cell in markdown_cells(path):
        for target in re.findall(r"\]\(([^)#]+?)\)", cell.source):
            assert target.startswith("https://") or (path.parent / target).exists()


@each_on_the_road
def test_every_exercise_has_stub_check_hint_and_solution(path):
    cells = read(path).cells
    ids = [cell.id for cell in cells]
    for name in EXERCISES[path.stem]:
        slug = name.replace("_", "-")
        start = ids.index(f"exercise-{slug}")
        parts = [f"{part}-{slug}" for part in ("exercise", "stub", "check", "hint", "solution")]
        assert ids[start : start + 5] == parts
        assert cells[start + 2].source.endswith(f'check("{name}", {name})')
        assert cells[start + 2].outputs[0].data["text/plain"] == f"{name}: not attempted yet"
        optional = cells[start].source.split("\n")[0].endswith("(optional)")
        assert optional == (name != EXERCISES[path.stem][0] and path.stem != "07_your_turn")
    assert sum(id.startswith("exercise-") for id in ids) == len(EXERCISES[path.stem])


def with_solutions(path):
    """The notebook with every solution pasted into its stub, outputs kept; {exercise: its check's place}."""
    notebook = read(path)
    ids = [cell.id for cell in notebook.cells]
    cells, checks = dict(zip(ids, notebook.cells)), {}
    for name in EXERCISES[path.stem]:
        slug = name.replace("_", "-")
        solution = re.search(r"```python\n(.+?)\n```", cells[f"solution-{slug}"].source, flags=re.S).group(1)
        assert f"def {name}(" in solution or f"{name} = " in solution
        cells[f"stub-{slug}"].source = solution
        checks[name] = ids.index(f"check-{slug}")
    return notebook, checks


def results(notebook):
    """What each cell of a notebook gives back, run in this process and folder; None of text."""
    shell, given = InteractiveShell(), []
    with matplotlib.rc_context(), capture_output():
        for cell in notebook.cells:
            ran = shell.run_cell(cell.source) if cell.cell_type == "code" else None
            if ran and "raises-exception" not in cell.metadata.get("tags", []):
                ran.raise_error()
            given.append(ran and ran.result)
        pyplot.close("all")
    return given


@each_on_the_road
def test_with_all_solutions_pasted_in_every_check_passes(path, monkeypatch):
    monkeypatch.chdir(FOLDER)
    notebook, checks = with_solutions(path)
    given = results(notebook)
    for name, position in checks.items():
        assert given[position].passed, name


@pytest.mark.parametrize("λ, α", [(0.0, 0.01), (1.0, 0.01), (0.5, 0.05)])
def test_the_interact_of_04_draws_the_curves_of_the_lectures_loop(λ, α, prostate, displayed):
    """What `interact` calls: an exception in it would be printed, and pass unseen."""
    cell = next(cell for cell in code_cells(FOLDER / "04_autograd_lasso.ipynb") if is_left_out(cell))
    lines = [line for line in cell.source.splitlines() if line]
    assert len(lines) <= 8 and lines[-1].startswith("interact(curves, ")
    names = {"torch": torch, "plt": pyplot, "data": prostate, "lasso_helpers": lasso_helpers}
    names |= {"drawing": lasso_helpers.drawing, "show": lasso_helpers.show}
    exec("\n".join(lines[:-1]), names)
    names["curves"](λ, α)
    expected = lasso_helpers.train_grid(prostate, [λ], [α]).train_rmse[0, 0, -1]
    ((data, _),) = displayed
    assert f"ends at {expected:.3f}" in data["text/plain"]


def test_the_lecturers_notes_name_real_positions_and_computed_numbers(prostate):
    notes = (FOLDER / "lecturer_notes.md").read_text()
    makers = [
        lasso_helpers.explore_ridge,
        lambda data: lasso_helpers.explore_one_weight(),
        lambda data: lasso_helpers.explore_geometry(data, ["lcavol", "svi"]),
        lambda data: lasso_helpers.explore_descent(data, ["lcavol", "svi"]),
        lasso_helpers.explore_learning_curves,
        lasso_helpers.explore_zeros,
        lasso_helpers.explore_path,
    ]
    shown, presets = "", set()
    for live in (make(prostate) for make in makers):
        shown += "\n".join(reading.sentences(live).values())
        presets |= set(reading.presets(live))
        live.close()
    given = "\n".join(cell.source for path in NOTEBOOKS for cell in code_cells(path))
    presets |= set(re.findall(r'= \{"([^"]+)": \(', given))  # what a notebook hands over as presets=
    outputs = "\n".join(output_text(code_cells(path)) for path in NOTEBOOKS)
    assert loose_decimals(notes, shown + outputs) == []
    bold = set(re.findall(r"\*\*(.+?)\*\*", notes)) - {
        "Refutes:",
        "C",
        "P",
        "R",
        "On the board:",
        "If it fails:",
    }
    assert bold <= presets and len(bold) > 15
    cells = {cell.id for path in NOTEBOOKS for cell in read(path).cells}
    named = set(re.findall(r"`([a-z-]+)`", notes)) - {"solve"}
    assert named <= cells
    for path in NOTEBOOKS:
        assert f"#{markdown_cells(path)[0].source.splitlines()[0]}" in notes
