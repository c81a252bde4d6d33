"""For which Pythons and systems every pin has a wheel, by PyPI's index.

    python benchmarks/wheels.py

Asks the index for each pin's files and matches them with the tags that pip would accept; downloads nothing.
"""

import json
import re
import sys
import urllib.request
from pathlib import Path

from packaging import tags
from packaging.specifiers import SpecifierSet
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).parents[1]
PINNED = "requirements.txt", "tests/requirements.txt"
PYTHONS = (3, 11), (3, 12), (3, 13), (3, 14)
GLIBCS = *(f"_2_{k}" for k in range(28, 4, -1)), 2014, 2010, 1
SYSTEMS = {
    "Linux": [f"manylinux{glibc}_x86_64" for glibc in GLIBCS],
    "macOS (arm64)": list(tags.mac_platforms((14, 0), "arm64")),
    "Windows": ["win_amd64"],
}


def pins():
    """[(name, version)] of all lines name==version."""
    texts = [(ROOT / path).read_text() for path in PINNED]
    return re.findall(r"^([\w-]+)==(\S+)$", "\n".join(texts), flags=re.M)


def wheels(name, version):
    """[(tags, the Pythons it may be installed on)] of a release's wheels."""
    accept = {"Accept": "application/vnd.pypi.simple.v1+json"}
    request = urllib.request.Request(f"https://pypi.org/simple/{name.lower()}/", headers=accept)
    with urllib.request.urlopen(request) as answer:
        files = json.load(answer)["files"]
    files = [file for file in files if file["filename"].endswith(".whl") and not file["yanked"]]
    parsed = [(parse_wheel_filename(file["filename"]), file["requires-python"]) for file in files]
    return [(parts[3], SpecifierSet(pythons or "")) for parts, pythons in parsed if str(parts[1]) == version]


def accepted(python, platforms):
    """All tags that pip takes on this Python and system."""
    return {
        *tags.cpython_tags(python, platforms=platforms),
        *tags.compatible_tags(python, platforms=platforms),
    }


def main():
    found = {f"{name}=={version}": wheels(name, version) for name, version in pins()}
    print(f"{len(found)} pins of {' and '.join(PINNED)}")
    everywhere = True
    for python in PYTHONS:
        number = ".".join(map(str, python))
        for system, platforms in SYSTEMS.items():
            taken = accepted(python, platforms)
            lacking = [
                pin
                for pin, files in found.items()
                if not any(taken & of_file and f"{number}.0" in pythons for of_file, pythons in files)
            ]
            everywhere = everywhere and not lacking
            print(f"Python {number}  {system:14}", ", ".join(lacking) or "all have a wheel")
    sys.exit(not everywhere)


if __name__ == "__main__":
    main()
