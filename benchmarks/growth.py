"""Seconds and memory of each step from a file to both explorers as rows and columns grow, a process each."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

import lasso_helpers

SIZES = [(m, n) for m in (1_000, 10_000, 100_000) for n in (10, 50, 200)]
STEPS = {
    "load": None,
    "lasso_path": lambda data: lasso_helpers.lasso_path(*data.exact[:2]),
    "cross_validate": lambda data: lasso_helpers.cross_validate(*data.exact[:2]),
    "main explorer": lambda data: lasso_helpers.explore_learning_curves(data),
    "path explorer": lambda data: lasso_helpers.explore_path(data),
}


def written(path, m, n):
    """A file of m training rows, and test rows, of n columns that overlap; three of them matter."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((round(m / 0.7), n)) + rng.standard_normal((round(m / 0.7), 1))
    y = X[:, 0] - X[:, 1] + 0.5 * X[:, 2] + rng.standard_normal(len(X))
    names = ",".join(["y", *(f"x{j}" for j in range(n))])
    np.savetxt(path, np.column_stack([y, X]), fmt="%.6g", delimiter=",", header=names, comments="")


def one(step, path):
    """Seconds of the step, and MB that the process took from its start on, loading included."""
    import pandas  # noqa: F401

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    data = lasso_helpers.load_csv(path, "y")
    if STEPS[step] is not None:
        start = time.perf_counter()
        STEPS[step](data)
    taken = time.perf_counter() - start
    print(f"{taken:.2f} {(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024:.0f}")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        one(*sys.argv[1:])
        sys.exit()
    print(f"{'m × n':>14}", *(f"{step:>22}" for step in STEPS))
    for m, n in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.csv"
            written(path, m, n)
            cells = []
            for step in STEPS:
                ask = [sys.executable, __file__, step, str(path)]
                said = subprocess.run(ask, capture_output=True, text=True, check=True).stdout.split()
                cells.append(f"{said[-2]} s {said[-1]:>5} MB")
        print(f"{m:>8} × {n:3}", *(f"{cell:>22}" for cell in cells), flush=True)
