"""What pytest needs to know of the whole: TensorFlow is an extra, and its notebook is left out without it."""

import os
from importlib.util import find_spec

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two processes and their kernels share the cores

NEEDS_TENSORFLOW = "notebooks/08_same_in_tensorflow.ipynb"

collect_ignore = [] if find_spec("tensorflow") else [NEEDS_TENSORFLOW]


def pytest_terminal_summary(terminalreporter):
    for left_out in collect_ignore:
        terminalreporter.write_line(
            f"left out: {left_out}, as TensorFlow is not here (pip install -r requirements-tensorflow.txt)"
        )
