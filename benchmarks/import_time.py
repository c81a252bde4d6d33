"""What `import lasso_helpers` adds to torch + matplotlib + ipywidgets alone."""

import statistics
import subprocess
import sys

ALONE = "import torch, matplotlib.pyplot, ipywidgets"


def seconds(code):
    timed = f"import time; s = time.perf_counter()\n{code}\nprint(time.perf_counter() - s)"
    runs = [subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True) for _ in range(7)]
    return statistics.median(float(run.stdout) for run in runs[1:])


if __name__ == "__main__":
    alone, ours = seconds(ALONE), seconds(ALONE + "; import lasso_helpers")
    print(f"torch + matplotlib + ipywidgets {alone:.2f} s, with lasso_helpers {ours:.2f} s = {ours / alone:.3f} ×")
