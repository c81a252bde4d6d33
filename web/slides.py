"""The slides of a notebook whose explorers live by host.js: reveal.js by nbconvert."""

import copy
import re
from itertools import pairwise
from math import ceil
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter

from hosts import takes_position

TEMPLATES = Path(__file__).parent / "templates"
FRAME = 690  # px, as in the template
CODE, OUTPUT = 76, 68  # characters of a line in large type; in small type 99 and 87
HANDS = r"\b(?:drag|press|move|visit)\b"


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
    """The notebook as slides. A prediction's reply is the next slide, so nothing is hidden there but code
    that would leave no room to what it shows.
    """
    notebook = copy.deepcopy(notebook)
    for cell, following in pairwise(notebook.cells):
        if begins_slide(cell) and not is_shown(cell) and slide_type(following) == "-":
            following.metadata["slideshow"] = cell.metadata["slideshow"]
    cells = notebook.cells = [cell for cell in notebook.cells if is_shown(cell)]
    happened = r"<details><summary>What happened[^<]*</summary>\n\n(.+?)\n\n</details>"
    for cell in cells:
        if cell.cell_type == "markdown":
            links = re.sub(r"\]\(([\w/]+)\.(?:ipynb|md)\)", r"](\1.html)", cell.source)
            pictures = links.replace("](road/", "](_images/")
            cell.source = re.sub(happened, r"\1", pictures, flags=re.S)
    with_questions_repeated(cells)
    with_hands_beside_explorers(cells)
    with_code_that_fits(cells)
    with_short_slides_joined(cells)
    with_headings_repeated(cells)
    return notebook


def is_shown(cell):
    """Neither an exercise nor a cell that would only say where the sliders stood when it was run."""
    return slide_type(cell) != "skip" and not takes_position(cell)


def slide_type(cell):
    return cell.metadata.get("slideshow", {}).get("slide_type")


def begins_slide(cell):
    return slide_type(cell) in ("slide", "subslide")


def by_slide(cells):
    """The cells of each slide."""
    slides = []
    for cell in cells:
        if begins_slide(cell) or not slides:
            slides.append([])
        slides[-1].append(cell)
    return slides


def line(kind, text):
    """Markdown in small type."""
    return f'<div class="{kind}">\n\n{text}\n\n</div>'


def put_first(cells, slide, kind, text):
    """A small line above everything else on a slide."""
    first = slide[0]
    if first.cell_type == "markdown":
        first.source = f"{line(kind, text)}\n\n{first.source}"
    else:
        place = {"slideshow": first.metadata.pop("slideshow")}
        cells.insert(cells.index(first), nbformat.v4.new_markdown_cell(line(kind, text), metadata=place))


def with_questions_repeated(cells):
    """Above every folded answer the question that it answers, where that is another slide's."""
    question, asked = None, None
    for slide in by_slide(cells):
        for cell in slide:
            if "predict" in cell.metadata.get("tags", []):
                question, asked = re.sub(r"^#.*\n", "", cell.source.split("<details")[0]).strip(), slide
            elif cell.metadata.get("jupyter", {}).get("outputs_hidden") and question and slide is not asked:
                put_first(cells, slide, "small", question)
                question = None


def with_hands_beside_explorers(cells):
    """What the hand is to do and the eye to look for stands on the explorer's own slide."""
    for before, slide in pairwise(by_slide(cells)):
        text, explorer = before[-1], slide[0]
        is_prose = text.cell_type == "markdown" and "<details" not in text.source
        paragraphs = text.source.split("\n\n") if is_prose and is_explorer(explorer) else []
        hands = [part for part in paragraphs if part[:1] != "#" and re.search(HANDS, part, flags=re.I)]
        left = [part for part in paragraphs if part not in hands]
        if hands and len(before) == 1 and all(part[:1] == "#" for part in left):  # its slide is empty now
            text.source = "\n\n".join([*left, line("small", "\n\n".join(hands))])
            explorer.metadata.pop("slideshow")
        elif hands:
            text.source = "\n\n".join(left)
            put_first(cells, slide, "small", "\n\n".join(hands))


def is_explorer(cell):
    return any("explorer-host" in str(output.get("data")) for output in cell.get("outputs", []))


def with_code_that_fits(cells):
    """Folds code that is too long or too wide for large type, or beside a picture. A cell that shows nothing
    but its code is in small type instead, and has a slide of its own where the text takes the room.
    """
    for slide in by_slide(cells):
        code = [cell for cell in slide if cell.cell_type == "code"]
        for cell in code:
            folded = cell.metadata.setdefault("jupyter", {})
            folded["outputs_hidden"] = False
            lines, shown = cell.source.splitlines(), cell.outputs
            most = 20 if cell is slide[0] and not shown else 8
            large = len(lines) <= most and widest(lines) <= CODE
            if shown and (not large or "<img" in str(shown)):
                folded["source_hidden"] = True
            if widest(printed(cell)) > OUTPUT or not (shown or large):
                cell.metadata.setdefault("tags", []).append("dense")
        for cell in code:
            too_wide = widest(cell.source.splitlines()) > 99
            if not cell.outputs and (too_wide or height([cell]) > FRAME):
                cell.metadata["jupyter"]["source_hidden"] = True
            elif not cell.outputs and height(slide) > FRAME and cell is not slide[0]:
                cell.metadata["slideshow"] = {"slide_type": "subslide"}


def with_short_slides_joined(cells):
    """A slide that only says a sentence is joined with the next one of its section, if both fit. A question
    has its slide to itself.
    """
    for slide, following in pairwise(by_slide(cells)):
        said = re.sub(r"^#.*\n+", "", slide[0].source)
        alone = len(slide) == 1 and slide[0].cell_type == "markdown" and re.fullmatch(r".{,160}[^?]", said)
        code = following[0].cell_type == "code" and not is_explorer(following[0])
        goes_on = slide_type(following[0]) == "subslide" and code
        if alone and goes_on and height(slide + following) <= FRAME:
            following[0].metadata.pop("slideshow")


def with_headings_repeated(cells):
    """Above each slide that has no heading the one it belongs to."""
    heading = None
    for slide in by_slide(cells):
        own = heading_of(slide)
        if heading and not own:
            put_first(cells, slide, "section", heading)
        heading = own or heading


def heading_of(slide):
    texts = (cell.source for cell in slide if cell.cell_type == "markdown")
    headings = re.findall(r"^#+ (.+)", "\n".join(texts), flags=re.M)
    return headings[-1] if headings else None


def widest(lines):
    return max(map(len, lines), default=0)


def printed(cell):
    """The lines of text that a cell shows."""
    return "".join(output.get("text", "") for output in cell.get("outputs", [])).splitlines()


def height(slide):
    """About how many px a slide takes, rather more than fewer, its section's heading included."""
    return sum(height_of(cell) for cell in slide) + (0 if heading_of(slide) else 45)


def height_of(cell):
    if cell.cell_type == "markdown":
        lines = re.findall(r"^[^<\n].*", cell.source, flags=re.M)
        return 10 + sum({"#": 90, "$": 120}.get(text[0], 15 + 37 * ceil(len(text) / 76)) for text in lines)
    px, wide = (22, 87) if "dense" in cell.metadata.get("tags", []) else (28, OUTPUT)
    code = 40 if cell.metadata["jupyter"].get("source_hidden") else 30 + px * len(cell.source.splitlines())
    rows, shown = sum(ceil(len(text) / wide) for text in printed(cell)), str(cell.outputs)
    return code + 20 + px * rows + 40 * shown.count("<tr") + 440 * shown.count("<img")
