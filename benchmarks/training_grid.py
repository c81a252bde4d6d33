"""The whole plane of (λ, α) against one run of the lecture's loop, alone and with many processes at once."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch
from matplotlib.figure import Figure

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import lasso_helpers
from lasso_helpers.drawing import paint, small_png
from lasso_helpers.explorers import LRS
from lasso_helpers.explorers.slider_values import NARROW, SIZE
from lecture import lecture_run

LAMBDAS = np.linspace(0, 2, 41)


def seconds(works, repeats):
    """The median time of each of the works, run in turns after a first turn that is not counted."""
    times = [[] for _ in works]
    for _ in range(repeats + 1):
        for work, taken in zip(works, times):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [statistics.median(taken[1:]) for taken in times]


def empty_pictures():
    """What matplotlib alone takes for the explorer's two pictures: three axes each, and nothing in them."""
    for size, places in ((SIZE, [["a", "b"], ["c", "b"]]), ((NARROW, 8.2), [["a"], ["c"], ["b"]])):
        figure = Figure(figsize=size, dpi=200, layout="constrained")
        figure.subplot_mosaic(places)
        small_png(paint(figure))


def wide(m=100_000, n=50):
    rng = np.random.default_rng(0)
    X = torch.tensor(rng.standard_normal((m, n)), dtype=torch.float32)
    y = X[:, :1] - X[:, 1:2] + torch.tensor(rng.standard_normal((m, 1)), dtype=torch.float32)
    names = [f"x{j}" for j in range(n)]
    return lasso_helpers.Dataset(X, y, X[: m // 5], y[: m // 5], names, "y")


def alone(name, data, repeats):
    made = []
    works = {
        "lecture's loop": lambda: lecture_run(data),
        "plane": lambda: lasso_helpers.train_grid(data, LAMBDAS, LRS),
        "two empty pictures": empty_pictures,
        "finished explorer": lambda: made.append(lasso_helpers.explore_learning_curves(data, LAMBDAS, LRS)),
        "its static picture": lambda: made.pop().snapshot(),
    }
    times = seconds(list(works.values()), repeats)
    print(
        name,
        *(f"  {work} {taken:.3f} s = {taken / times[0]:.2f} ×" for work, taken in zip(works, times)),
        flush=True,
    )


def side_by_side(processes, threads):
    """The median time of a plane while so many processes make one after the other."""
    limit = (
        "" if threads else "torch.set_num_threads = lambda n: None; "
    )  # the batch's own limit switched off
    code = (
        f"import sys, time, torch; sys.path[:0] = {sys.path[:1]!r}; import numpy as np; {limit}"
        "import lasso_helpers as l\nd, lrs = l.load_prostate(), l.explorers.LRS\n"
        "lam = np.linspace(0, 2, 41)\n"
        "l.train_grid(d, lam, lrs); input()\n"
        "for _ in range(5):\n"
        " s = time.perf_counter(); l.train_grid(d, lam, lrs); print(time.perf_counter() - s)"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(processes)
    ]
    time.sleep(2 + 3 * processes)
    for process in running:
        process.stdin.write("\n")
        process.stdin.flush()
    return statistics.median(float(line) for process in running for line in process.communicate()[0].split())


if __name__ == "__main__":
    alone("67 × 8", lasso_helpers.load_prostate(), repeats=15)
    alone("100,000 × 50", wide(), repeats=2)
    one = side_by_side(1, threads=True)
    for processes in (1, 3, 12):
        limited = side_by_side(processes, threads=True)
        line = f"{processes:2} kernels at once: plane {limited:.2f} s = {limited / one:.1f} × one kernel's"
        if processes <= 3:
            free = side_by_side(processes, threads=False)
            line += f"   (at torch's own threads {free:.2f} s = {free / limited:.1f} × as long)"
        print(line, flush=True)
