"""What the slides of small notebooks hold. tests/browser/test_site.py looks at those of real ones."""

import re
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))
import slides

EXPLORER = '<div class="explorer-host" id="explorer"><img alt="a picture"></div>'
CLASS = "class Lasso:\n" + "\n".join(f"    line_{k:02} = {'x' * 78}" for k in range(15))


def text(source, kind="slide", **metadata):
    return new_markdown_cell(source, metadata={"slideshow": {"slide_type": kind}, **metadata})


def code(source, kind="subslide", printed="", **metadata):
    outputs = [new_output("stream", text=printed)] if printed else []
    return new_code_cell(source, outputs=outputs, metadata={"slideshow": {"slide_type": kind}, **metadata})


def explorer():
    cell = code("explore()")
    cell.outputs = [new_output("display_data", {"text/html": EXPLORER})]
    return cell


def seen(*cells):
    """The slides of these cells -> the source of each of their cells."""
    made = slides.slides_of(new_notebook(cells=list(cells)))
    nbformat.validate(made)
    return [[cell.source for cell in slide] for slide in slides.by_slide(made.cells)]


@pytest.mark.parametrize(
    "said",
    [
        "Drag λ, then α, and press Play: does the run arrive, and stay?",
        "Press *another deal* and *a third*.",
        "On the left runs the loop. Press *half*: what happens?",
        "Visit the presets. At *lecture*, pin: which states do you pass?",
    ],
)
def test_what_to_do_and_to_look_for_is_on_the_explorers_slide(said):
    """With the heading, if that is all that would be left."""
    small = f'<div class="small">\n\n{said}\n\n</div>'
    assert seen(text(f"## Side by side\n\n{said}"), explorer()) == [
        [f"## Side by side\n\n{small}", "explore()"]
    ]
    before, after = seen(text(f"## Side by side\n\nA long story.\n\n{said}"), explorer())
    assert before == ["## Side by side\n\nA long story."]
    assert after[1:] == ["explore()"] and small in after[0]


def test_a_cell_that_asks_for_the_sliders_is_left_out_and_the_next_one_has_its_slide():
    asks = code("(lam,) = live.values\nprint(lam)", printed="λ = 0\n")
    assert seen(text("# 00 · a?"), explorer(), asks, text("A rule.", "-"))[1:] == [
        ['<div class="section">\n\n00 · a?\n\n</div>', "explore()"],
        ['<div class="section">\n\n00 · a?\n\n</div>\n\nA rule.'],
    ]
    calls = code("first = list(curves.values())")
    assert seen(text("# 00 · a?"), calls)[1][-1] == calls.source


def test_a_predictions_replies_stay_with_it():
    asked = "**Predict.** How?\n\n<details><summary>So</summary>\n\nThe weights move.\n\n</details>"
    assert [slide[-1] for slide in seen(text(asked), explorer())] == [asked, "explore()"]


def test_small_lines_are_markdown_and_slides_have_an_icon(tmp_path):
    cells = [text("# Title\n\nDrag α: the largest zigzag *across* `w`, where 1 < 2."), explorer()]
    slides.write_slides(new_notebook(cells=cells), "a", "A", tmp_path)
    page = (tmp_path / "a.slides.html").read_text()
    assert "zigzag <em>across</em> <code>w</code>, where 1 &lt; 2." in page
    assert re.search(r'<link (?=[^>]*rel="icon")[^>]*href="_static/02.svg"', page)  # else favicon.ico


def test_a_question_is_repeated_above_its_reply():
    asked = "## Zero?\n\n**Predict.** *Which*?\n\n<details><summary>All</summary>\n\nNo.\n\n</details>"
    reply = code("count()", printed="7", jupyter={"outputs_hidden": True})
    _, (above, _) = seen(text(asked, tags=["predict"]), reply)
    assert above.index("Zero?") < above.index('<div class="small">\n\n**Predict.** *Which*?\n\n</div>')


def looks(*cells):
    """(is the source folded, is the type small) of each code cell."""
    made = slides.slides_of(new_notebook(cells=list(cells))).cells
    of_code = [cell.metadata for cell in made if cell.cell_type == "code"]
    return [("source_hidden" in look.jupyter, "dense" in look.get("tags", [])) for look in of_code]


def test_code_that_shows_nothing_else_is_not_folded():
    heading = text("## Two lines\n\nThe threshold *enters* (2):")
    assert looks(heading, code(CLASS, "-")) == [(False, True)]
    assert looks(heading, code("x = 1", "-")) == [(False, False)]
    assert looks(heading, code(CLASS, "-", printed="7")) == [(True, False)]
    assert looks(heading, code("x" * 100, "-")) == [(True, True)]  # too wide
    both = heading, *(code(CLASS, "-") for _ in range(2))  # too long for one slide
    assert looks(*both) == [(False, True), (False, True)]
    assert [slide[-1] for slide in seen(*both)] == [CLASS, CLASS]


@pytest.mark.parametrize("width, small", [(68, False), (69, True)])
def test_a_long_line_that_is_printed_is_in_small_type(width, small):
    assert looks(text("# T"), code("x", printed=f"short\n{'x' * width}\n")) == [(False, small)]


def test_every_slide_says_its_section():
    first, second, third = seen(text("# One\n\nWhy?"), code("x = 1"), text("More.", "subslide"))
    section = '<div class="section">\n\nOne\n\n</div>'
    assert first == ["# One\n\nWhy?"] and second == [section, "x = 1"] and third == [f"{section}\n\nMore."]


def test_a_lonely_sentence_stands_with_what_follows():
    said, follows = "## Rows\n\nWe draw thirty times:", code("draw()", printed="1\n2")
    assert seen(text(said), follows) == [[said, "draw()"]]
    assert len(seen(text("## Rows\n\nHow many?"), follows)) == 2
    assert len(seen(text(said), code("draw()", printed="1\n" * 30))) == 2  # too much for a slide
    assert len(seen(text(said), code("draw()", "slide", printed="1"))) == 2
