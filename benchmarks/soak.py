"""Random slider moves for half an hour: does the memory of kernel or page grow? And five times Run All.

python benchmarks/soak.py [--minutes 30]
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/browser"))
import lab

NAME = "04_autograd_lasso.ipynb"


def kernels():
    return [
        process
        for process in psutil.Process().children(recursive=True)
        if "ipykernel_launcher" in " ".join(process.cmdline())
    ]


def kernel_megabytes():
    """What the kernels have written themselves, in MB.

    Pages of the libraries would count as theirs or not, as other processes on the machine use them or not.
    """
    maps = [part for process in kernels() for part in process.memory_maps()]
    return sum(part.anonymous + part.swap for part in maps) / 2**20


def page_megabytes(page):
    """What the page's scripts hold after a garbage collection, in MB."""
    client = page.context.new_cdp_session(page)
    client.send("HeapProfiler.collectGarbage")
    return client.send("Runtime.getHeapUsage")["usedSize"] / 2**20


def move_at_random(explorer, seconds, rng):
    """Keys, presets, Pin and clicks on the tracks, for so long -> how many."""
    moves, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        slider, kind = rng.randrange(explorer.sliders.count()), rng.random()
        if kind < 0.6:
            keys = rng.choices(["ArrowLeft", "ArrowRight", "PageUp", "Home", "End"], k=5)
            explorer.press(*keys, slider=slider)
        elif kind < 0.9:
            explorer.click_slider(slider, rng.uniform(0.01, 0.99))
        else:
            explorer.press(rng.choice(["1", "2", "3", "p", "p", "r"]), slider=slider)
        moves += 1
    return moves


def soak(page, minutes):
    rng = random.Random(0)
    for number in range(page.locator(".live-figure").count()):
        explorer = lab.Explorer(page, number)
        move_at_random(explorer, 20, rng)  # what is made once is made now
        before = kernel_megabytes(), page_megabytes(page)
        moves = move_at_random(explorer, 60 * minutes / 2, rng)
        after = kernel_megabytes(), page_megabytes(page)
        for name, old, new in zip(("kernel", "page"), before, after):
            grown = f"{new / old - 1:+.1%}"
            print(
                f"explorer {number}, {name}: {old:.1f} MB, {new:.1f} MB after {moves:,} moves, {grown}",
                flush=True,
            )


def run_all_five_times(page):
    sizes = []
    for _ in range(5):
        lab.run_all(page)
        sizes.append((kernel_megabytes(), page_megabytes(page)))
    for name, values in zip(("kernel", "page"), zip(*sizes)):
        print(f"Run All five times, {name}: {' '.join(f'{value:.0f}' for value in values)} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, lab.chromium() as browser:
        shutil.copy(lab.NOTEBOOKS / NAME, folder)
        with lab.jupyter_lab(Path(folder)) as address:
            page = browser.new_page(viewport=lab.SCREEN)
            complaints = []
            page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            lab.open_notebook(page, address, NAME)
            run_all_five_times(page)
            soak(page, arguments.minutes)
            print(f"console errors: {complaints or 'none'}")
