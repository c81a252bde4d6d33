"""The series as a static site: pages and slides whose explorers work without a kernel and without a network.

    python web/build.py [--into site] [--only 04 06]

Runs each notebook with its widgets' state kept in memory, and hands every explorer's state, as it is, to
host.js, which drives the same live_figure.js as the notebook. MathJax and reveal.js come from npm
(`web/package.json`).
"""

import argparse
import base64
import copy
import hashlib
import html
import io
import json
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbconvert import HTMLExporter, SlidesExporter
from PIL import Image

from lasso_helpers.drawing import small_png
from lasso_helpers.live_figure.svg_lines import DOUBLE
from lasso_helpers.live_figure.widget import CAPTION

WEB = Path(__file__).parent
ROOT = WEB.parent
PACKAGE = ROOT / "lasso_helpers"
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def build(into, only=()):
    """Writes the pages of all notebooks (of those whose numbers are in `only`) to the folder `into`."""
    into.mkdir(parents=True, exist_ok=True)
    bring_libraries(into)
    for folder in ("road", "data"):  # 00's picture of the road, 07's file and its card
        shutil.copytree(ROOT / "notebooks" / folder, into / folder, dirs_exist_ok=True)
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    paths = [path for path in paths if not only or path.stem[:2] in only]
    if find_spec("tensorflow") is None:
        print("left out: 08, as TensorFlow is not here (pip install -c constraints.txt -e '.[tensorflow]')")
        paths = [path for path in paths if path.stem[:2] != "08"]
    pages = [{"file": f"{path.stem}.html", "title": title(path)} for path in paths]
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with ThreadPoolExecutor(2) as pool:
        for path, notebook in zip(paths, pool.map(run, paths)):
            write_page(notebook, path.stem, pages, into)
    (into / "index.html").write_text(index(pages))
    return [into / page["file"] for page in pages]


def bring_libraries(into):
    """MathJax's one-file build and reveal.js, beside the pages."""
    modules = WEB / "node_modules"
    if not (modules / "mathjax").exists():
        subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=WEB, check=True)
    (into / "mathjax").mkdir(exist_ok=True)
    shutil.copy(modules / "mathjax/es5/tex-svg.js", into / "mathjax")
    (into / "reveal/dist/theme").mkdir(parents=True, exist_ok=True)
    for part in ("reveal.js", "reveal.css", "theme/white.css"):
        text = (modules / "reveal.js/dist" / part).read_text()
        # The theme's web font is left out: the page's own is there already.
        (into / "reveal/dist" / part).write_text(re.sub(r"@import url\([^)]*\);", "", text))


def title(path):
    """`00 · Why do we scale before we shrink?`"""
    return nbformat.read(path, as_version=4).cells[0].source.splitlines()[0].removeprefix("# ")


def run(path):
    """The notebook, run, with its widgets' state."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        store_widget_state=True,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    return notebook


def write_page(notebook, name, pages, into):
    """The page and the slides of a notebook."""
    state = notebook.metadata.pop("widgets", {}).get(STATE, {}).get("state", {})
    explorers, module = {"bytes": {}}, (PACKAGE / "live_figure/live_figure.js").read_text()
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [
                hosted(cell, output, state, explorers) for output in without_snapshots(cell.outputs)
            ]
        else:
            cell.source = re.sub(r"\]\((\w+)\.ipynb\)", r"](\1.html)", without_running(cell.source))
    assert all(model["state"].get("_esm", module) == module for model in state.values())
    site = {
        "pages": pages,
        "file": f"{name}.html",
        "slides": f"{name}.slides.html",
        "css": (PACKAGE / "live_figure/live_figure.css").read_text() + (WEB / "site.css").read_text(),
        "explorers": json.dumps(explorers),
        "module": module,
        "host": (WEB / "host.js").read_text(),
    }
    shared = {
        "extra_template_basedirs": [str(WEB / "templates")],
        "extra_template_paths": [str(WEB / "templates/lasso")],
    }
    reveal = {"reveal_url_prefix": "reveal", "reveal_theme": "white"}
    for content, exporter, file in (
        (notebook, HTMLExporter(template_name="lasso", **shared), site["file"]),
        (
            slides_of(notebook),
            SlidesExporter(template_name="lasso_slides", **reveal, **shared),
            site["slides"],
        ),
    ):
        page, _ = exporter.from_notebook_node(
            content, {"metadata": {"name": title_of(pages, name)}, "site": dict(site)}
        )
        # nbconvert lets Tab stop at every cell and output, which have nothing to press.
        (into / file).write_text(page.replace(' tabindex="0"', ""))


def without_running(text):
    """A cell's prose as it is where explorers live already: "Run the cell (Shift+Enter); then drag λ" is
    "Drag λ"."""
    return re.sub(r"Run [^.;]*\(Shift\+Enter\); then (\w)", lambda match: match[1].upper(), text)


def slides_of(notebook):
    """The notebook as slides. A prediction's reply is the next slide, so nothing is hidden there but code too
    wide or too long for its large type, or beside a picture, which would leave the picture no room.
    """
    notebook = copy.deepcopy(notebook)
    happened = r"<details><summary>What happened[^<]*</summary>\n\n(.+?)\n\n</details>"
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(happened, r"\1", cell.source, flags=re.S)
    with_questions_repeated(notebook.cells)
    with_hands_beside_explorers(notebook.cells)
    for cell in notebook.cells:
        shown = [output.get("data", {}) for output in cell.get("outputs", [])]
        picture = any("image/png" in data or "explorer-host" in str(data) for data in shown)
        lines = cell.source.splitlines()
        folded = cell.metadata.setdefault("jupyter", {})
        folded["outputs_hidden"] = False
        most = 20 if begins_slide(cell) and not shown else 8
        if picture or len(lines) > most or any(len(line) > 76 for line in lines):
            folded["source_hidden"] = True
    return notebook


def begins_slide(cell):
    return cell.metadata.get("slideshow", {}).get("slide_type") in ("slide", "subslide")


def put_first_on_slide(cells, k, text):
    """A small line above everything else on the slide that the k-th cell begins."""
    line = nbformat.v4.new_markdown_cell(
        f'<p class="small">{text}</p>', metadata=copy.deepcopy(cells[k].metadata)
    )
    line.metadata.pop("jupyter", None)
    cells[k].metadata["slideshow"] = {"slide_type": "-"}
    cells.insert(k, line)


def with_questions_repeated(cells):
    """Above every folded answer the question that it answers, where that is another slide's."""
    question, begin, k = None, 0, 0
    while k < len(cells):
        cell = cells[k]
        begin = k if begins_slide(cell) else begin
        if "predict" in cell.metadata.get("tags", []):
            question, asked = re.sub(r"^#.*\n", "", cell.source.split("<details")[0]).strip(), k
        elif cell.metadata.get("jupyter", {}).get("outputs_hidden") and question and begin > asked:
            put_first_on_slide(cells, begin, html.escape(re.sub(r"[*`]", "", question), quote=False))
            question, k = None, k + 1
        k += 1


def with_hands_beside_explorers(cells):
    """What the hand is to do stands on the explorer's own slide."""
    for k in range(len(cells) - 1, 0, -1):
        before, shown = cells[k - 1], cells[k]
        is_explorer = any("explorer-host" in str(output.get("data")) for output in shown.get("outputs", []))
        if is_explorer and begins_slide(shown) and before.cell_type == "markdown":
            for sentence in re.findall(r"(?:(?<=\. )|(?<=\n)|^)[^.\n]*\b[Dd]rag\b[^.\n]*\.", before.source):
                before.source = before.source.replace(sentence, "").strip()
                put_first_on_slide(cells, k, html.escape(sentence.strip(), quote=False))


def title_of(pages, name):
    return next(page["title"] for page in pages if page["file"] == f"{name}.html")


def without_snapshots(outputs):
    """A cell's outputs; the picture that follows a widget goes into its host."""
    kept = []
    for output in outputs:
        if kept and VIEW in kept[-1].get("data", {}) and "image/png" in output.get("data", {}):
            kept[-1]["snapshot"] = output
        else:
            kept.append(output)
    return kept


def hosted(cell, output, state, explorers):
    """An explorer as a box that host.js fills; without JavaScript it holds its snapshot."""
    if VIEW not in output.get("data", {}):
        return output
    model = state[output.data[VIEW]["model_id"]]
    kept = {name: model["state"][name] for name in ("stops", "content")}
    buffers = []
    for entry in model["buffers"]:
        if entry["path"][0] in kept:  # what two explorers of a page have in common is stored once
            name = hashlib.sha256(entry["data"].encode()).hexdigest()[:12]
            explorers["bytes"][name] = entry["data"]
            buffers.append({"path": entry["path"], "data": name})
    explorers[cell.id] = {"state": kept, "buffers": buffers}
    image = output["snapshot"]
    about, png = image.metadata["image/png"], without_caption(image.data["image/png"])
    box = (
        f'<div class="explorer-host" id="{cell.id}">'
        f'<img src="data:image/png;base64,{png}" '
        f'alt="{html.escape(about["alt"])}" '
        f'width="{about["width"]}" height="{about["height"] - CAPTION}"></div>'
    )
    return nbformat.v4.new_output("display_data", {"text/html": box})


def without_caption(png):
    """A snapshot, base64 in and out, without the line that says how a notebook's sliders come."""
    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    bare = image.crop((0, DOUBLE * CAPTION, image.width, image.height))
    return base64.b64encode(small_png(bare, optimize=True)).decode()


def index(pages):
    """The page that lists the others."""
    rows = "\n".join(
        f'<li><a href="{page["file"]}">{html.escape(page["title"])}</a> '
        f'(<a href="{page["file"].replace(".html", ".slides.html")}">slides</a>)</li>'
        for page in pages
    )
    style = (
        "body { font: 18px/1.6 system-ui, sans-serif; max-width: 700px; margin: 40px auto; padding: 0 16px; "
        "color: #222 } a { color: #0b5394 }"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>The lasso, live</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}'
        f"</style></head><body><main><h1>The lasso, live</h1><ul>\n{rows}\n</ul></main></body></html>\n"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=ROOT / "site")
    parser.add_argument("--only", nargs="*", default=(), help="numbers of notebooks, e.g. 04 06")
    arguments = parser.parse_args()
    for page in build(arguments.into, arguments.only):
        print(f"{page.stat().st_size / 1e6:.2f} MB  {page}")
