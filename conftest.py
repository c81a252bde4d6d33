"""What pytest needs to know of the whole: TensorFlow is an extra, and its notebook is left out without it."""

import os
from importlib.util import find_spec

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two processes and their kernels share the cores

NEEDS_TENSORFLOW = "notebooks/08_same_in_tensorflow.ipynb"

collect_ignore = [] if find_spec("tensorflow") else [NEEDS_TENSORFLOW]

QUICK_NOTEBOOK = "03_gradient_descent.ipynb"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        of_the_package = item.path.parent.name == "tests" and item.path.name != "test_notebooks.py"
        if of_the_package or item.path.name == QUICK_NOTEBOOK:
            item.add_marker("quick")


def pytest_terminal_summary(terminalreporter):
    for left_out in collect_ignore:
        terminalreporter.write_line(
            f"left out: {left_out}, as TensorFlow is not here (pip install -r requirements-tensorflow.txt)"
        )
