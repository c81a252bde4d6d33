"""A notebook that was run, with its widgets' state -> the same notebook with live explorers and no kernel."""

import base64
import hashlib
import html
import io
import json
import re
from itertools import zip_longest
from typing import NamedTuple

import nbformat
from PIL import Image

from lasso_helpers.drawing import small_png
from lasso_helpers.live_figure.svg_lines import DOUBLE
from lasso_helpers.live_figure.widget import CAPTION, VIEW

STATE = "application/vnd.jupyter.widget-state+json"


class Explorer(NamedTuple):
    """What host.js hands to live_figure.js, and the picture that stands there without JavaScript."""

    state: dict
    buffers: list  # {"path": ..., "data": the name of one of the bytes}
    bytes: dict  # name: base64
    picture: str  # <img ...>

    def box(self, name, known=()):
        """The host of this explorer; `known` names the bytes that stand on the page already."""
        new = {key: data for key, data in self.bytes.items() if key not in known}
        data = json.dumps({"state": self.state, "buffers": self.buffers, "bytes": new}).replace("</", "<\\/")
        script = f'<script type="application/json">{data}</script>'
        return f'<div class="explorer-host" id="{name}">{self.picture}{script}</div>'


def bring_to_life(notebook):
    """Changes a notebook's outputs to HTML that needs no kernel -> {cell id: Explorer}."""
    state = notebook.metadata.pop("widgets", {}).get(STATE, {}).get("state", {})
    explorers = {}
    for cell, following in zip_longest(notebook.cells, notebook.cells[1:]):
        if cell.cell_type == "code":
            cell.outputs = [*alive(cell, state, explorers), *what_differs(cell)]
        elif not needs_a_kernel(following):
            cell.source = without_running(cell.source)
    return explorers


def needs_a_kernel(cell):
    """Whether a cell does nothing on a page; nbclient leaves it out by the same tag."""
    return cell is not None and "skip-execution" in cell.metadata.get("tags", [])


def takes_position(cell):
    """Whether a cell asks a kernel where an explorer's sliders stand."""
    return cell.cell_type == "code" and bool(re.search(r"= \w+\.values$", cell.source, flags=re.M))


def what_differs(cell):
    """The output that says what a cell does in JupyterLab, and not on a page."""
    for differs, words in (
        (needs_a_kernel(cell), "This cell works in {} only: its sliders ask a kernel."),
        (cell.id.startswith("check-"), "Your answer is checked in {}: a page runs no code."),
        (takes_position(cell), "In {} it takes the position at which you leave the sliders."),
    ):
        if differs:
            words = words.format('<a href="run.html">JupyterLab</a>')
            yield nbformat.v4.new_output("display_data", {"text/html": f"<p><em>{words}</em></p>"})


def alive(cell, state, explorers):
    """A cell's outputs, pictures as HTML; a widget and the snapshot behind it are one explorer."""
    outputs = iter(cell.outputs)
    for output in outputs:
        data = output.get("data", {})
        if VIEW in data:
            known = {name for other in explorers.values() for name in other.bytes}
            explorers[cell.id] = read(state[data[VIEW]["model_id"]], snapshot=next(outputs))
            output.data = {"text/html": explorers[cell.id].box(cell.id, known)}
        elif "image/png" in data:
            output.data = {"text/html": picture(output)}
        yield output


def read(model, snapshot):
    """An Explorer from a widget's model and the picture that follows it."""
    kept = {name: model["state"][name] for name in ("stops", "content")}
    buffers, data = [], {}
    for entry in model["buffers"]:
        if entry["path"][0] in kept:
            name = hashlib.sha256(entry["data"].encode()).hexdigest()[:12]
            data[name] = entry["data"]
            buffers.append({"path": entry["path"], "data": name})
    return Explorer(kept, buffers, data, picture(snapshot, cut=CAPTION))


def picture(output, cut=0):
    """An output's picture as <img>; `cut` px are taken off its top: a snapshot's line on how sliders come."""
    about, png = output.metadata.get("image/png", {}), output.data["image/png"].replace("\n", "")
    alt = html.escape(about.get("alt", "a picture"))
    size = f'width="{about["width"]}" height="{about["height"] - cut}"' if about.get("width") else ""
    if cut:
        image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
        bare = image.crop((0, DOUBLE * cut, image.width, image.height))
        png = base64.b64encode(small_png(bare, optimize=True)).decode()
    return f'<img class="dark-light" src="data:image/png;base64,{png}" alt="{alt}" {size}>'


def without_running(text):
    """A cell's prose as it is where explorers live already: "Run the cell (Shift+Enter); then drag λ" is
    "Drag λ"."""
    return re.sub(r"Run [^.;]*\(Shift\+Enter\); then (\w)", lambda match: match[1].upper(), text)
