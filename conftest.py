"""What pytest needs to know of the whole: which package is tested, and which notebook needs an extra."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent
NEEDS_TENSORFLOW = "notebooks/08_same_in_tensorflow.ipynb"

# The kernels of the notebooks are processes of their own, and would import whatever is installed.
sys.path.insert(0, str(ROOT))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
os.environ.setdefault("OMP_NUM_THREADS", "1")  # two processes and their kernels share the cores

collect_ignore = [] if find_spec("tensorflow") else [NEEDS_TENSORFLOW]


def pytest_configure(config):
    import lasso_helpers

    if Path(lasso_helpers.__file__).parent != ROOT / "lasso_helpers":
        raise pytest.UsageError(f"these tests are of {ROOT / 'lasso_helpers'}, got {lasso_helpers.__file__}")


def pytest_terminal_summary(terminalreporter):
    remedy = "pip install -c constraints.txt -e '.[tensorflow]'"
    for left_out in collect_ignore:
        terminalreporter.write_line(f"left out: {left_out}, as TensorFlow is not here ({remedy})")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if _is_quick(item.path, item.name):
            item.add_marker("quick")


def _is_quick(path, name):
    """The mathematics, the package's shape, the main explorer's oracle, one notebook; none that runs more."""
    if path.name == "test_oracles.py":
        return name.endswith("[learning curves]")
    if path.suffix == ".ipynb":
        return path.name == "03_gradient_descent.ipynb"
    return path.parent.name == "tests" and path.stem not in (
        "test_any_table",
        "test_checks",
        "test_explorers",
        "test_handout",
        "test_notebooks",
        "test_other_data",
        "test_own_tables",
        "test_progress",
        "test_project",
    )
