"""The site's own pages: positions that exist, computed numbers, terms that are met, true conversions."""

import importlib
import re
import runpy
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from sklearn.linear_model import Lasso, Ridge

import lasso_helpers
import reading
from lasso_helpers.other_data import loose_decimals
from test_notebooks import ALL, FOLDER, code_cells, read

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
import build

PAGES = Path(__file__).parents[1] / "web/pages"
TEACH, GLOSSARY, SHEET = ((PAGES / f"{name}.md").read_text() for name in ("teach", "glossary", "cheat_sheet"))
CHOSEN = {"chosen in 06": (0.35, 0.1)}
PAIR = ["lcavol", "svi"]
EXPLORERS = {  # (notebook, cell): the call that stands there
    ("00_start_here", "explorer"): lambda data: lasso_helpers.explore_learning_curves(
        data, lrs=[0.1], presets=CHOSEN
    ),
    ("01_ridge_closed_form", "explorer"): lasso_helpers.explore_ridge,
    ("02_l1_penalty", "one-weight-explorer"): lambda data: lasso_helpers.explore_one_weight(),
    ("02_l1_penalty", "geometry-explorer"): lambda data: lasso_helpers.explore_geometry(data, PAIR),
    ("03_gradient_descent", "explorer"): lambda data: lasso_helpers.explore_descent(data, PAIR),
    ("04_autograd_lasso", "explorer"): lambda data: lasso_helpers.explore_learning_curves(
        data, presets=CHOSEN
    ),
    ("05_exact_zeros", "zeros-explorer"): lasso_helpers.explore_zeros,
    ("06_lasso_path", "path-explorer"): lasso_helpers.explore_path,
}
POSITIONS = re.findall(r'<a href="(\w+)\.html#([\w-]+):([\d,]+)">(.+?)</a>', TEACH)


@pytest.fixture(scope="module")
def shown(prostate):
    """{(notebook, cell): (its presets, what it says at its stops)}."""
    found = {}
    for place, make in EXPLORERS.items():
        live = make(prostate)
        found[place] = reading.presets(live), reading.sentences(live)
        live.close()
    return found


@pytest.mark.parametrize("notebook, cell, stops, words", POSITIONS)
def test_a_link_leads_to_the_preset_that_it_names(shown, notebook, cell, stops, words):
    (source,) = [one.source for one in code_cells(FOLDER / f"{notebook}.ipynb") if one.id == cell]
    assert "explore_" in source
    presets, sentences = shown[notebook, cell]
    assert presets[words] == tuple(map(int, stops.split(","))) in sentences


def test_the_notes_give_each_notebook_the_minutes_of_the_plans():
    notes = (FOLDER / "lecturer_notes.md").read_text()
    for number, first, last in re.findall(
        r"^## (\d\d) · .+\((?:(\d+) to )?(\d+) minutes\)$", notes, flags=re.M
    ):
        rows = [
            re.search(rf"^\| (\d+) \| {number}\b", plan, flags=re.M) for plan in TEACH.split("\n## ")[2:4]
        ]
        assert [row[1] for row in rows if row] == [minutes for minutes in (first, last) if minutes], number
    assert len(re.findall(r"minutes\)$", notes, flags=re.M)) == 7


def test_the_plans_name_every_explorer_and_last_as_long_as_they_say():
    assert {place[:2] for place in POSITIONS} == set(EXPLORERS)
    for minutes, plan in re.findall(r"## (\d+) minutes(.+?)(?=\n## )", TEACH, flags=re.S):
        assert sum(map(int, re.findall(r"^\| (\d+) \|", plan, flags=re.M))) == int(minutes)
    assert TEACH.count(" minutes:") == 3


def test_the_plans_say_only_what_is_computed(shown):
    places = [(shown[notebook, cell][1], stops) for notebook, cell, stops, _ in POSITIONS]
    said = "\n".join(sentences[tuple(map(int, stops.split(",")))] for sentences, stops in places)
    assert loose_decimals(TEACH, said) == []
    assert "ridge: lcavol 0.374, svi 0.224" in said and "lasso: lcavol 0.378, svi exactly 0" in said


def test_commands_and_calls_of_the_page_exist():
    commands = re.findall(r"python -m (lasso_helpers\.\w+)", TEACH)
    assert set(commands) == {"lasso_helpers.handout", "lasso_helpers.other_data"}
    assert all(callable(importlib.import_module(command).main) for command in commands)
    calls = re.findall(r"lasso_helpers\.(\w+)\(|`(load_\w+)\(", TEACH)
    assert {a or b for a, b in calls} == {"progress", "load_prostate", "load_csv"}
    assert callable(lasso_helpers.checks.ours) and callable(lasso_helpers.Progress.frame)
    paths = re.findall(r"notebooks/\w+\.\w+", TEACH)
    assert len(paths) >= 2 and all((FOLDER.parent / path).exists() for path in paths)


ENTRIES = re.findall(r"^(\S.*)\n((?:  .+\n)+)", GLOSSARY.split("```{glossary}\n")[1], flags=re.M)


def test_the_glossary_has_each_term_once():
    terms = [term for term, _ in ENTRIES]
    assert 40 <= len(terms) == len(set(terms)) == GLOSSARY.count("Met in") + GLOSSARY.count("Met\n  in")
    assert terms == sorted(terms, key=lambda term: term.replace("λ", "lambda").lower())


@pytest.mark.parametrize("term, words", ENTRIES, ids=[term for term, _ in ENTRIES])
def test_a_term_is_met_where_the_glossary_says(term, words):
    names = re.findall(r"\[(\d\d)\]\((\w+)\.ipynb\)", words)
    assert names and all(name.startswith(number) for number, name in names)
    for _, name in names:
        assert term.lower() in "\n".join(cell.source for cell in read(FOLDER / f"{name}.ipynb").cells).lower()
    assert 1 <= len(re.findall(r"[.:](?=\s)", words)) <= 5  # one or two sentences, and where it is met


def test_every_notebook_has_its_picture_for_the_road_and_no_other_is_there():
    assert [path.stem for path in sorted((FOLDER / "road").iterdir())] == [path.stem[:2] for path in ALL]


def test_what_the_site_embeds_and_shows_first_is_there(shown):
    for name, (notebook, cell) in build.EMBEDDED.items():
        (source,) = [one.source for one in code_cells(FOLDER / f"{notebook}.ipynb") if one.id == cell]
        assert f"explore_{name.replace('-', '_')}(" in source
    presets, _ = shown["04_autograd_lasso", "explorer"]
    assert set(build.WORTH_SEEING) < set(presets) and "lecture" in presets


def test_launch_buttons_are_of_the_branch_and_folder_of_the_notebooks():
    options = runpy.run_path(PAGES.parent / "conf.py")["html_theme_options"]
    assert (options["repository_branch"], options["path_to_docs"]) == ("main", FOLDER.name)


@pytest.mark.parametrize("only", [["3"], ["04", "99"]])
def test_a_page_is_named_by_its_two_digits(only):
    with pytest.raises(SystemExit, match=f"two digits, as 04 06, got {only[-1]}$"):
        build.chosen(only)


@pytest.fixture(scope="module")
def sheet():
    """What the cheat sheet's cells display: {the number beside each conversion}, {the weights}, the text."""
    shown, names = [], {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("IPython.display.display", lambda table: shown.append(table.data))
        for code in re.findall(r"```\{code-cell\} python3\n:tags: \[remove-input\]\n\n(.+?)```", SHEET, re.S):
            exec(code, names)
    conversions, prostate = shown
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", conversions)]
    numbers = {re.sub(r"<.+?>", "", row[0]): float(row[-1]) for row in rows if row}
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", prostate)]
    weights = {row[0][:5]: np.array([float(w.replace("−", "-")) for w in row[1:]]) for row in rows if row}
    return numbers, weights, re.sub(r"<.+?>", "", prostate)


def test_each_conversion_gives_the_weights_of_the_sheet(sheet, prostate):
    numbers, weights, _ = sheet
    X, y = (part.numpy() for part in prostate.exact[:2])
    lasso = lambda alpha: Lasso(alpha=alpha, tol=1e-12, max_iter=100_000).fit(X, y[:, 0]).coef_.round(3)
    ridge = lambda alpha: Ridge(alpha=alpha).fit(X, y[:, 0]).coef_.round(3)
    assert (lasso(numbers["scikit-learn Lasso"]) == weights["lasso"]).all()
    assert (
        lasso(numbers["glmnet, lasso"]) == weights["lasso"]
    ).all()  # of glmnet's objective, as scikit-learn's
    book = "Elements of Statistical Learning"
    assert (lasso(numbers[f"{book}, lasso"] / len(X)) == weights["lasso"]).all()  # ½RSS is m of (1/2m)RSS
    book_for_all = numbers["An Introduction to Statistical Learning, lasso"]
    assert (lasso(book_for_all / len(X) / 2) == weights["lasso"]).all()  # RSS is 2m of (1/2m)RSS
    assert (ridge(numbers["scikit-learn Ridge"]) == weights["ridge"]).all()
    assert (ridge(numbers[f"{book}, ridge"]) == weights["ridge"]).all()  # RSS + c‖w‖² is scikit-learn's own
    assert len(numbers) == 7


def test_sgds_weight_decay_gives_them_as_well(sheet, prostate):
    numbers, weights, _ = sheet
    X, y = prostate.exact[:2]
    w, b = torch.zeros(8, 1).double().requires_grad_(), torch.zeros(1).double().requires_grad_()
    groups = [{"params": [w], "weight_decay": numbers["PyTorch SGD, ridge"]}, {"params": [b]}]
    optimizer = torch.optim.SGD(groups, lr=0.2)
    for _ in range(500):
        optimizer.zero_grad()
        ((X @ w + b - y) ** 2).mean().backward()
        optimizer.step()
    assert (w.detach().numpy()[:, 0].round(3) == weights["ridge"]).all()


def test_the_sheets_example_is_right(sheet, prostate):
    """By NumPy alone."""
    X, y = (part.numpy() for part in prostate.exact[:2])
    rows = np.hstack([X, np.ones((len(X), 1))])
    hessian = 2 / len(X) * rows.T @ rows
    h = np.linalg.eigvalsh(hessian)[-1]
    limit = 2 / np.linalg.eigvalsh(hessian + np.diag([1.0] * 8 + [0]))[-1]  # λ = 0.5
    highest = np.abs(2 / len(X) * (X - X.mean(axis=0)).T @ (y - y.mean())).max()
    w = Lasso(alpha=0.25, tol=1e-12, max_iter=100_000).fit(X, y[:, 0])
    slopes = np.abs(2 / len(X) * X.T @ (w.predict(X) - y[:, 0]))
    said = sheet[2]
    assert f"m = 67, n = 8; h = {h:.4f}, 2/h = {2 / h:.4f}, ridge's limit at λ = 0.5: {limit:.4f};" in said
    assert f"λmax = {highest:.4f}, so λ = 0.5 is {0.5 / highest:.0%} of it" in said
    assert f"at most {slopes[w.coef_ == 0].max():.3f} in absolute value" in said


def test_the_three_tables_of_conversions_agree():
    notebook = "\n".join(cell.source for cell in read(ALL[0]).cells)
    for line in ("½RSS + (mλ/2)‖w‖₁", "RSS + mλ‖w‖₂²"):
        assert line in SHEET and line in notebook
    for factor in ("<code>alpha</code> = λ/2", "<code>alpha</code> = mλ", "<code>weight_decay</code> = 2λ"):
        assert factor in SHEET
