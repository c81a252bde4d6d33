"""What stands around the package: README and its kin, the pages beside the notebooks, licences, workflows."""

import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest
import torch
import yaml

import lasso_helpers

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()
WORDS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
PAGES = sorted((ROOT / "web/pages").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def test_licences_are_named():
    assert "Redistributions in binary form" in (ROOT / "LICENSE").read_text()
    assert "Attribution 4.0 International" in (ROOT / "LICENSE-CC-BY-4.0").read_text()
    assert "[BSD-3-Clause](LICENSE)" in README and "[CC BY 4.0](LICENSE-CC-BY-4.0)" in README
    cards = [*(ROOT / "lasso_helpers/datasets").glob("*.md"), *(ROOT / "notebooks/data").glob("*.md")]
    assert len(cards) == 3
    for card in cards:
        assert "**Licence:**" in card.read_text() and f"({card.relative_to(ROOT)})" in README


def test_the_readme_is_short_and_gives_the_two_commands_after_the_small_torch():
    assert README.count("\n") <= 120
    first = (
        "python -m pip install -r requirements.txt && python -m jupyter lab --ServerApp.root_dir=. "
        "notebooks/00_start_here.ipynb"
    )
    small = "python -m pip install torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu"
    test = "python -m pip install -r tests/requirements.txt && python -m pytest"
    assert 0 < README.index(small) < README.index(first) < README.index(test)
    run = (ROOT / "web/pages/run.md").read_text()
    assert 0 < run.index(f"    {small}\n") < run.index(f"    {first}\n")


@pytest.mark.parametrize("path", [*WORDS, *PAGES], ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    targets = re.findall(r"\]\(([^)#\s]+)\)", path.read_text())
    inside = [target for target in targets if not target.startswith("https://")]
    # The build puts pages beside the notebooks; what a page links to as .html is what the build writes.
    folders = [path.parent, ROOT / "notebooks"] if path in PAGES else [path.parent]
    inside = [target for target in inside if not (path in PAGES and target.endswith(".html"))]
    assert [one for one in inside if not any((folder / one).exists() for folder in folders)] == []


def test_the_moving_picture_is_small_and_moves():
    from PIL import Image

    path = ROOT / "docs/main_explorer.webp"
    assert path.stat().st_size <= 1_500_000 and Image.open(path).n_frames >= 20
    assert "(docs/main_explorer.webp)" in README


def test_every_notebook_is_in_the_readme_with_its_title_and_minutes():
    import nbformat

    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        sources = [cell.source for cell in nbformat.read(path, as_version=4).cells]
        title = sources[0].splitlines()[0].removeprefix("# ")
        minutes = re.search(r"^(\d+) minutes", "\n".join(sources), flags=re.M)[1]
        assert f"| [{title}](notebooks/{path.name}) | {minutes} |" in README


def test_every_page_stands_in_the_contents():
    contents = re.findall(r"^(\w+)$", (ROOT / "web/index.md").read_text().split("More\n")[1], flags=re.M)
    assert sorted(contents) == sorted(["lecturer_notes", *(page.stem for page in PAGES)])


def examples(path):
    return re.findall(r"```python\n(.+?)```", (ROOT / path).read_text(), flags=re.S)


def test_the_readmes_own_data_example_runs(monkeypatch, capsys):
    (example,) = examples("README.md")
    monkeypatch.chdir(ROOT)
    exec(example, {})
    assert "flipper_length_mm" in capsys.readouterr().out


def test_the_explorer_in_ten_lines_runs(displayed):
    (example,) = examples("CONTRIBUTING.md")
    assert example.count("\n") <= 12
    names = {}
    exec(example, names)
    live = next(value for value in names.values() if isinstance(value, lasso_helpers.LiveFigure))
    assert live.snapshot()[:4] == b"\x89PNG"
    live.close()


def test_the_package_pages_code_finds_the_two_columns(capsys):
    (example,) = examples("web/pages/package.md")
    names = {}
    exec(example, names)
    assert set(np.flatnonzero(names["path"].weights[0])) >= {4, 7}
    assert "column 7 enters" in capsys.readouterr().out.splitlines()[0]


def test_torchs_weight_decay_is_ridge_with_half(prostate):
    # The units table: SGD's weight_decay is 2λ, in a parameter group without the intercept.
    model = lasso_helpers.LassoRegression(8, lambda_coef=0)
    groups = [{"params": [model.weight], "weight_decay": 2 * 0.5}, {"params": [model.bias]}]
    optimizer = torch.optim.SGD(groups, lr=0.2)
    for _ in range(500):
        optimizer.zero_grad()
        model.loss(prostate.X_train, prostate.y_train).backward()
        optimizer.step()
    exact, _ = lasso_helpers.ridge_closed_form(prostate.X_train, prostate.y_train, 0.5)
    assert torch.allclose(model.weight.double(), exact, atol=1e-5)


def test_units_tables_agree():
    sheet = (ROOT / "web/pages/cheat_sheet.md").read_text()
    notebook = (ROOT / "notebooks/00_start_here.ipynb").read_text()
    both = {"alpha</code> = λ/2": "`alpha=λ/2`", "alpha</code> = mλ": "`alpha=m*λ`"}
    both["weight_decay</code> = 2λ"] = "`weight_decay=2*λ`"
    for here, there in both.items():
        assert here in sheet and there in notebook


def test_the_projects_address_is_the_same_everywhere(monkeypatch):
    conf = ROOT / "web/conf.py"
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/fork")  # as a workflow that publishes a fork has it
    assert runpy.run_path(conf)["REPOSITORY"] == "https://github.com/someone/fork"
    monkeypatch.delenv("GITHUB_REPOSITORY")
    urls = PROJECT["urls"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert f"[site]: {urls['Homepage']}\n" in README
    assert runpy.run_path(conf)["REPOSITORY"] == urls["Source"]
    assert (citation["url"], citation["repository-code"]) == (urls["Homepage"], urls["Source"])


def test_versions_agree():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    (newest, *_) = re.findall(r"^## (\S+) ·", (ROOT / "CHANGELOG.md").read_text(), flags=re.M)
    assert lasso_helpers.__version__ == citation["version"] == newest


SCHEMAS = {
    **dict.fromkeys(WORKFLOWS, "vendor.github-workflows"),
    ROOT / "CITATION.cff": "vendor.citation-file-format",
}


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_files_keep_to_their_schema(path):
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", SCHEMAS[path], str(path)]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_workflows_run_what_stands_here():
    test, site = ((ROOT / f".github/workflows/{name}.yml").read_text() for name in ("test", "site"))
    assert "- run: .ci/run\n" in test and (ROOT / ".ci/run").exists()
    assert "- run: python web/build.py\n" in site and "path: site\n" in site
    jobs = yaml.safe_load(site)["jobs"]  # nothing is published that was not tested
    assert (
        jobs["publish"]["needs"] == ["test", "build"]
        and jobs["test"]["uses"] == "./.github/workflows/test.yml"
    )
    build = (ROOT / "web/build.py").read_text()
    assert 'ROOT / "site"' in build


def test_hooks_have_the_tested_versions():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    needed = [line for hook in hooks for line in hook["additional_dependencies"]]
    tested = (ROOT / "tests/requirements.txt").read_text().splitlines()
    assert all(line in tested for line in needed if line.startswith("ruff"))
    assert all("==" in line for line in needed) and len(needed) == len(hooks) == 3
