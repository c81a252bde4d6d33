"""The slides of a notebook whose explorers live by host.js: reveal.js by nbconvert."""

import copy
import html
import re
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter

TEMPLATES = Path(__file__).parent / "templates"


def write_slides(notebook, name, title, into):
    """The slides `name`.slides.html of a notebook."""
    exporter = SlidesExporter(
        template_name="lasso_slides",
        extra_template_basedirs=[str(TEMPLATES)],
        reveal_url_prefix="_static/reveal",
        reveal_theme="slides",
    )
    page, _ = exporter.from_notebook_node(
        slides_of(notebook), {"metadata": {"name": title}, "page": f"{name}.html"}
    )
    # nbconvert lets Tab stop at every cell and output, which have nothing to press.
    (into / f"{name}.slides.html").write_text(page.replace(' tabindex="0"', ""))


def slides_of(notebook):
    """The notebook as slides. A prediction's reply is the next slide, so nothing is hidden there but code too
    wide or too long for its large type, or beside a picture, which would leave the picture no room.
    """
    notebook = copy.deepcopy(notebook)
    happened = r"<details><summary>What happened[^<]*</summary>\n\n(.+?)\n\n</details>"
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            links = re.sub(r"\]\(([\w/]+)\.(?:ipynb|md)\)", r"](\1.html)", cell.source)
            pictures = links.replace("](road/", "](_images/")
            cell.source = re.sub(happened, r"\1", pictures, flags=re.S)
    with_questions_repeated(notebook.cells)
    with_hands_beside_explorers(notebook.cells)
    for cell in notebook.cells:
        shown = [output.get("data", {}) for output in cell.get("outputs", [])]
        picture = any("<img" in data.get("text/html", "") for data in shown)
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
