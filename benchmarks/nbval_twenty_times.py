"""nbval, strict, on every notebook, twenty runs in a row: how many of them were identical."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

if __name__ == "__main__":
    passed = 0
    for run in range(1, 21):
        result = subprocess.run(
            [sys.executable, "-m", "pytest", "notebooks"], cwd=ROOT, capture_output=True, text=True
        )
        passed += result.returncode == 0
        print(f"run {run:2}: {result.stdout.strip().splitlines()[-1]}", flush=True)
        if result.returncode:
            print(result.stdout)
    print(f"{passed} of 20 runs identical")
