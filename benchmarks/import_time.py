"""What `import lasso_helpers` adds to torch + matplotlib + ipywidgets alone."""

import statistics
import subprocess
import sys

ALONE = "import torch, matplotlib.pyplot, ipywidgets"


def seconds(code):
    timed = f"import time; s = time.perf_counter()\n{code}\nprint(time.perf_counter() - s)"
    return float(
        subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True).stdout
    )


if __name__ == "__main__":
    runs = [(seconds(ALONE), seconds(ALONE + "; import lasso_helpers")) for _ in range(12)][2:]
    alone, ours = (statistics.median(times) for times in zip(*runs))
    print(f"torch + matplotlib + ipywidgets {alone:.2f} s, with lasso_helpers {ours / alone:.3f} × that")
