"""The package as a whole: its names, its one-way arrows, its size, and the files that install it."""

import ast
import importlib.util
import inspect
import itertools
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.version import Version

import lasso_helpers

ROOT = Path(__file__).parents[1]
ARROWS = [
    "arguments",
    "drawing",
    "report",
    "data",
    "loading",
    "closed_form",
    "model",
    "proximal",
    "homotopy",
    "training",
    "lasso_path",
    "checks",
    "live_figure",
    "explorers",
    "notebook_files",
    "progress",
    "other_data",
    "handout",
]
NAMES = """Dataset load_prostate load_diabetes load_csv from_frame zscore ridge_closed_form curvature
    largest_stable_lr Knot LassoRegression rmse train LearningCurve train_grid CurveGrid
    soft_threshold ista fista Fit duality_gap lambda_max LassoPath lasso_path CrossValidation
    cross_validate show LiveFigure explore_ridge explore_one_weight explore_geometry explore_descent
    explore_learning_curves explore_zeros explore_path explore_sign_patterns check Verdict
    progress Progress""".split()


@pytest.mark.parametrize("name", NAMES)
def test_public_names_have_a_docstring(name):
    words = getattr(lasso_helpers, name).__doc__ or ""
    assert len(words) > 20 and not words.startswith(f"{name}(")  # what a NamedTuple gets by itself


def test_every_module_stands_in_the_arrows():
    modules = {path.stem for path in (ROOT / "lasso_helpers").glob("*.py")}
    folders = {path.parent.name for path in (ROOT / "lasso_helpers").glob("*/__init__.py")}
    assert modules | folders == {*ARROWS, "__init__"}


def imported(path):
    """Our own modules that a file imports, its folder's other files left out."""
    depth = len(path.relative_to(ROOT / "lasso_helpers").parts)  # 1, in a folder 2
    tree = ast.parse(path.read_text())
    assert not re.search(r"^\s*(import|from) lasso_helpers", path.read_text(), flags=re.M)  # always relative
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        name
        for node in nodes
        if node.level == depth
        for name in ([node.module] if node.module else [alias.name for alias in node.names])
    }


@pytest.mark.parametrize("module", ARROWS)
def test_imports_go_one_way(module):
    package = ROOT / "lasso_helpers"
    files = [*package.glob(f"{module}.py"), *package.glob(f"{module}/**/*.py")]
    assert files
    for path in files:
        assert imported(path) <= set(ARROWS[: ARROWS.index(module)])
        assert module not in ("arguments", "drawing") or not imported(path)
        assert module != "live_figure" or imported(path) <= {"drawing"}


PACKAGE = sorted((ROOT / "lasso_helpers").rglob("*.py"))


def test_no_two_files_have_one_name():
    names = [path.name for path in PACKAGE if path.name != "__init__.py"]
    assert sorted(set(names)) == sorted(names)


def bodies(path):
    """(name, lines of its body, the docstring left out) of every function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            yield node.name, node.end_lineno - first.lineno + 1


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: path.stem)
def test_a_body_is_held_in_ones_head(path):
    if "catalogue" in path.parts:
        return  # an exercise is a list of words and formulas
    assert {name: lines for name, lines in bodies(path) if lines > 25} == {}


@pytest.mark.parametrize("path", PACKAGE, ids=lambda path: path.stem)
def test_only_loaders_and_exercises_know_a_data_sets_name(path):
    if path.name != "shipped.py" and "catalogue" not in path.parts:
        assert not re.search(
            r"lpsa|lcavol|prostate|diabetes|progression", re.sub(r"load_\w+", "", path.read_text())
        )


def test_kernels_and_other_processes_import_this_checkout(tmp_path):
    ask = [sys.executable, "-c", "import lasso_helpers; print(lasso_helpers.__file__)"]
    answer = subprocess.run(ask, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert Path(answer.strip()).parent == ROOT / "lasso_helpers"


def test_the_javascript_stays_small():
    files = ROOT / "lasso_helpers/live_figure/live_figure.js", ROOT / "web/host.js"
    assert sum(path.read_text().count("\n") for path in files) <= 460


def pins(path):
    """{name: version} of the lines name==version."""
    return dict(re.findall(r"^([\w-]+)==(\S+)$", path.read_text(), flags=re.M))


def test_requirements_are_exact():
    for path, others in (
        (ROOT / "requirements.txt", ["-e ."]),
        (ROOT / "tests/requirements.txt", ["-r ../requirements.txt"]),
        (ROOT / "constraints.txt", []),
    ):
        lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
        assert [line for line in lines if "==" not in line] == others
        assert len(pins(path)) + len(others) == len(lines)


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_declared_dependencies_are_lower_bounds_of_what_is_tested():
    tested = pins(ROOT / "requirements.txt") | pins(ROOT / "tests/requirements.txt")
    tested |= pins(ROOT / "constraints.txt")
    extras = PROJECT["optional-dependencies"]
    assert set(extras) == {"test", "site", "slides", "tensorflow"}
    for line in itertools.chain(PROJECT["dependencies"], *extras.values()):
        name, least = line.split(">=")
        # What comes along with these is not pinned by itself.
        version = tested.get(name) or metadata.version(name)
        assert Version(version) >= Version(least), line


def test_every_import_is_declared():
    imports = {
        name.split(".")[0]
        for path in PACKAGE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.Import, ast.ImportFrom)) and not getattr(node, "level", 0)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
    }
    spelt = {"PIL": "pillow", "IPython": "ipython"}
    others = {spelt.get(name, name) for name in imports - sys.stdlib_module_names}
    assert others <= {line.split(">=")[0] for line in PROJECT["dependencies"]}


def calls(public):
    """The functions that a public name stands for: itself, or a class's own public methods."""
    if inspect.isfunction(public):
        return [public]
    own = {name: part for name, part in vars(public).items() if inspect.isfunction(part)}
    return [
        part for name, part in own.items() if name in ("__init__", "predict", "learn", "loss", "snapshot")
    ]


def test_public_names_are_listed_and_their_annotations_complete():
    assert sorted(NAMES) == sorted(lasso_helpers.__all__)
    for call in itertools.chain.from_iterable(calls(getattr(lasso_helpers, name)) for name in NAMES):
        parameters = set(inspect.signature(call).parameters) - {"self"}
        assert parameters | {"return"} <= set(call.__annotations__), call.__qualname__
    assert (ROOT / "lasso_helpers/py.typed").exists()


def test_pandas_is_not_imported_at_start():
    ask = "import sys, lasso_helpers; print('pandas' in sys.modules, 'sklearn' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "False"]


def test_environment_is_in_step_with_requirements():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    *packages, by_pip = environment["dependencies"]
    conda = dict(package.split("=") for package in packages if "=" in package)
    conda_names = {"torch": "pytorch-cpu", "matplotlib": "matplotlib-base"}
    expected = {
        conda_names.get(name, name): version for name, version in pins(ROOT / "requirements.txt").items()
    }
    assert conda.pop("python") == "3.11"
    assert conda == expected and by_pip == {"pip": ["-e ."]}
    assert environment["channels"] == ["conda-forge"]


def test_each_dataset_has_its_card():
    folder = ROOT / "lasso_helpers/datasets"
    assert (
        {path.stem for path in folder.glob("*.csv")} == {path.stem for path in folder.glob("*.md")} != set()
    )


def test_deployments_have_the_tested_versions():
    tested = pins(ROOT / "requirements.txt")
    dockerfile, binder = (
        (ROOT / "deploy/Dockerfile").read_text(),
        (ROOT / ".binder/requirements.txt").read_text(),
    )
    assert f"torch=={tested['torch']} " in dockerfile and "-r requirements.txt" in dockerfile
    assert f"torch=={tested['torch']}+cpu\n" in binder and "-r ../requirements.txt" in binder
    values = yaml.safe_load((ROOT / "deploy/values.yaml").read_text())
    assert values["singleuser"]["extraEnv"]["OMP_NUM_THREADS"] == "1"
    assert values["hub"]["config"]["Authenticator"]["allow_all"] is False


def test_the_wrong_explorers_are_still_mistakes_of_this_package():
    # A line that has moved would go untried without a word.
    spec = importlib.util.spec_from_file_location("wrong_explorers", ROOT / "benchmarks/wrong_explorers.py")
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    texts = {(file, right) for _, file, right, wrong in benchmark.MISTAKES if right != wrong}
    assert len(benchmark.MISTAKES) > 100
    moved = [
        (file, right)
        for file, right in texts
        if (ROOT / "lasso_helpers" / file).read_text().count(right) != 1
    ]
    assert moved == []
