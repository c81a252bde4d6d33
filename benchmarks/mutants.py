"""How many small mistakes the unit tests notice: mutmut changes one thing at a time in the package.

    python benchmarks/mutants.py [maths] [training] [loading] [explorers]

Each group's files are mutated in a copy of the project, each mutant against the group's tests. Printed are
the killed and all, for each file, then every survivor as a diff: a mistake that no test notices, or a change
that changes nothing (a tolerance, a colour, a figure's size).
"""

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ABOUT = {  # words that only the tests of one explorer have
    "learning_curves": "learning or alone",
    "zeros": "zeros",
    "ridge": "ridge",
    "one_weight": "one and weight",
    "geometry": "geometry",
    "descent": "descent",
    "sign_patterns": "sign",
    "cross_validated_path": "path",
}


GROUPS = {  # parts: files of the package, their tests, pytest's -k
    "maths": [
        (
            "arguments closed_form homotopy lasso_path proximal",
            "arguments closed_form homotopy lasso_path proximal",
            "",
        )
    ],
    "training": [("data model training", "data model training seeds arguments", "")],
    "loading": [
        (f"{'loading/' if name != 'report' else ''}{name}", "loading data", "")
        for name in "files columns needs prepared tables report".split()
    ],
    # Each explorer against its looks and its oracle at a few stops, which takes two seconds: a survivor would
    # cost all tests of the explorer, and the whole group half a day.
    "explorers": [
        (f"explorers/{name}", "explorer_looks oracles", f"(small or looks) and ({words})")
        for name, words in ABOUT.items()
    ]
    + [
        ("explorers/descent_states", "descent_states", ""),
        (
            "explorers/errors explorers/slider_values explorers/two_weights",
            "explorer_looks explorers oracles",
            "small or words or references or presets or round_grid or rates or iterations or features",
        ),
    ],
}
SURVIVED, NO_TEST = 0, 33  # mutmut's exit codes; any other is a mutant killed, by a failure or by its time
SETTINGS = """[mutmut]
source_paths=lasso_helpers
process_isolation=forkserver
also_copy=
    conftest.py
    lasso_helpers
only_mutate=
    {files}
{words}pytest_add_cli_args_test_selection=
    {tests}
"""


def copy_into(folder, files, tests, words):
    """The project's files as git has them, with mutmut's settings and without pytest's own."""
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    listed = {"files": [f"lasso_helpers/{name}.py" for name in files.split()]}
    listed["tests"] = [f"tests/test_{name}.py" for name in tests.split()]
    lines = {name: "\n    ".join(paths) for name, paths in listed.items()}
    lines["words"] = f"pytest_add_cli_args=\n    -k\n    {words}\n" if words else ""
    (folder / "setup.cfg").write_text(SETTINGS.format(**lines))
    project = folder / "pyproject.toml"
    project.write_text(re.sub(r"^addopts = .*$", 'addopts = "-q -x"', project.read_text(), flags=re.M))
    # A fixture that several tests share would count as used by the first of them alone.
    for path in (folder / "tests").glob("*.py"):
        path.write_text(re.sub(r'scope="(module|session)"', 'scope="function"', path.read_text()))


def run_mutants(folder):
    log = folder / "mutmut.log"
    with log.open("w") as file:
        command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2"]
        done = subprocess.run(command, cwd=folder, stdout=file, stderr=subprocess.STDOUT)
    if done.returncode:
        raise RuntimeError(f"mutmut stopped: {log.read_text()[-2000:]}")


def results(folder):
    """{file: {mutant: exit code}}"""
    found = {}
    for path in sorted((folder / "mutants/lasso_helpers").rglob("*.meta")):
        codes = json.loads(path.read_text())["exit_code_by_key"]
        if codes:
            found[str(path.relative_to(folder / "mutants/lasso_helpers"))[:-5]] = codes
    return found


def survived(codes):
    return [name for name, code in codes.items() if code in (SURVIVED, NO_TEST)]


def count(files):
    """How many mutants are killed, of how many."""
    all_of_them = sum(map(len, files.values()))
    return all_of_them - sum(len(survived(codes)) for codes in files.values()), all_of_them


def run_part(part):
    """-> the results of its files; what survived is printed as diffs."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "project"
        copy_into(folder, *part)
        run_mutants(folder)
        files = results(folder)
        for name in [name for codes in files.values() for name in survived(codes)]:
            command = [sys.executable, "-m", "mutmut", "show", name]
            print(subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout, flush=True)
    return files


if __name__ == "__main__":
    for group in sys.argv[1:] or GROUPS:
        start, files = time.time(), {}
        for part in GROUPS[group]:
            files |= run_part(part)
            killed, number = count(files)
            minutes = (time.time() - start) / 60
            print(f"{group}: {killed} of {number} killed, {killed / number:.0%}, after {minutes:.0f} minutes")
        for name, codes in files.items():
            print("  {}: {} of {}".format(name, *count({name: codes})), flush=True)
