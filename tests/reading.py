"""What a LiveFigure holds, and what a notebook shows, as tests read it."""

import itertools
import re
import zlib
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
from jupyter_client.kernelspec import get_kernel_spec
from jupyter_client.manager import start_new_kernel

from lasso_helpers.notebook_files import output_text

FOLDER = Path(__file__).parents[1] / "notebooks"
NO_POINT = 65535
WIDGET = "application/vnd.jupyter.widget-view+json"


@cache
def _saved(stem):
    return nbformat.read(FOLDER / f"{stem}.ipynb", as_version=4)


def cell(stem, name):
    """A cell of a notebook, as saved."""
    return next(cell for cell in _saved(stem).cells if cell.id == name)


def printed(stem, name):
    """All text that a cell of a notebook shows, as saved."""
    return output_text([cell(stem, name)])


def slider_values(live):
    """The values of each slider."""
    return [values for values, _ in live._sliders.values()]


def all_stops(live):
    return list(itertools.product(*(range(len(values)) for values in slider_values(live))))


def stop_of(live, *values):
    """Where the sliders have these values."""
    return tuple(listed.index(value) for listed, value in zip(slider_values(live), values))


def readout(live, label, stop):
    """What stands beside a label at a stop."""
    words, which, _ = live._readouts[label]
    return words[which[tuple(i if size > 1 else 0 for i, size in zip(stop, which.shape))]]


def sentences(live):
    return {stop: live._sentence(stop) for stop in all_stops(live)}


def presets(live):
    return {name: tuple(at) for name, at in live.content["presets"]}


def unpacked(live, entry):
    """One array of numbers that travel, as live_figure.js unpacks it."""
    low, high = np.frombuffer(zlib.decompress(live.content["points"]), dtype="u1").reshape(2, -1)
    size, lag = int(np.prod(entry["shape"])), entry["lag"]
    change = (low + 256 * high.astype(int))[entry["offset"] :][:size]
    numbers = np.where(change % 2, -(change + 1) // 2, change // 2)
    padded = np.pad(numbers, (0, -size % lag)).reshape(-1, lag)
    return (padded.cumsum(axis=0).ravel()[:size] % 65536).reshape(entry["shape"])


def _coded(live, k, axis):
    return unpacked(live, live.content["lines"][k][axis])


def pixels(live, k, axis):
    """Where line k is drawn in the first layout, x or y in px, NaN where interrupted: (stops..., points)."""
    coded, look = _coded(live, k, axis), live.content["layouts"][0]["looks"][k]
    (steps, zero), i = live.content["lines"][k][axis]["scale"], "xy".index(axis)
    share = (coded.astype(float) - zero) / steps
    place = look["box"][i] + look["box"][i + 2] * (share if axis == "x" else 1 - share)
    return np.where(coded == NO_POINT, np.nan, place)


def held(live, k, axis):
    """Where line k lies so far off its axes that it is held: a mark 25 px off, a stroke where numbers end."""
    coded, look = _coded(live, k, axis), live.content["layouts"][0]["looks"][k]
    steps, zero = live.content["lines"][k][axis]["scale"]
    room = NO_POINT if look["width"] else 25 * 4
    return (coded <= max(zero - room, 0)) | (coded >= min(zero + steps + room, NO_POINT - 1))


def closed(markdown):
    """A markdown cell's source as it is read with every <details> closed."""
    return re.sub(r"<details[^>]*><summary>(.+?)</summary>.*?</details>", r"\1", markdown, flags=re.S)


def question(cell):
    """A prediction without the replies to its options, which are read one by one."""
    return closed(cell.source)


def is_folded(cell):
    return bool(cell.metadata.get("jupyter", {}).get("outputs_hidden"))


def is_prediction(cell):
    return "predict" in cell.metadata.get("tags", [])


def placeholder(cell):
    """What JupyterLab 4.6 writes in place of a folded output: the first line of the first one."""
    first = cell.outputs[0]
    text = first.get("text") or first.get("data", {}).get("text/plain", "")
    return next((line for line in text.splitlines() if line), "")


def shown(cell, ran):
    """What a reader sees of a cell in JupyterLab: as saved, or after Run All, which opens outputs."""
    if cell.cell_type == "markdown":
        return closed(cell.source)
    code = "" if cell.metadata.get("jupyter", {}).get("source_hidden") else cell.source
    folded = is_folded(cell) and not ran
    return "\n".join([code, placeholder(cell) if folded else output_text([cell])])


def kernel_metadata():
    """What JupyterLab writes into a notebook that this machine's kernel runs."""
    manager, client = start_new_kernel()
    try:
        language = client.kernel_info(reply=True)["content"]["language_info"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    spec = get_kernel_spec("python3")
    kernel = {"name": "python3", "display_name": spec.display_name, "language": spec.language}
    return {"kernelspec": kernel, "language_info": language}
