"""What tests and benchmarks do with a page of the static site."""

from pathlib import Path

from pictures import open_picture

AXE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"


READY = """() => document.documentElement.dataset.explorers === "ready" && (
    !document.querySelector("script[type=later]") || window.MathJax?.startup?.promise?.then(() => true))"""


def is_local(url):
    return url.startswith(("file:", "blob:", "data:", "http://127.0.0.1:"))


def hear(page, complaints):
    """Puts the page's errors, and what it asks of a network or does not get, into the list `complaints`."""
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: is_local(request.url) or complaints.append(request.url))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on("response", lambda answer: answer.status >= 400 and complaints.append(f"missing: {answer.url}"))


def wait(page):
    """Until the sliders and the formulas are there."""
    page.wait_for_function(READY, timeout=60_000)


def stand_at(page, cell, stops):
    """Move the sliders of an explorer to these stops."""
    for slider, stop in zip(page.locator(f"#{cell} input").all(), stops):
        slider.fill(str(stop))


def sentence(page, cell):
    """What an explorer says at its stops."""
    return page.locator(f"#{cell} .live-figure-picture").get_attribute("aria-label")


def put_in_the_corner(page, cell):
    """Show a cell's explorer's picture at its own size in the window's corner -> the style that does."""
    corner = "position: fixed; left: 0; top: 0; width: 928px !important; height: 460px !important; z-index: 9"
    bars = ".bd-header-article, .bd-sidebar-primary { visibility: hidden }"
    return page.add_style_tag(content=f"#{cell} .live-figure-picture {{ {corner} }} {bars}")


def seen_in_the_corner(page):
    page.evaluate("scrollTo(0, 0)")
    return open_picture(page.screenshot(clip={"x": 0, "y": 0, "width": 928, "height": 460}))


def slides_too_large(page):
    """The slides that would scroll, down or to the side -> (number, its cells)."""
    return page.evaluate("""() => Reveal.getSlides().flatMap((slide, k) => {
        const { h, v } = Reveal.getIndices(slide);
        Reveal.slide(h, v);
        const pieces = [slide, ...slide.querySelectorAll("pre")];
        const fits = slide.scrollHeight <= slide.clientHeight + 2
            && pieces.every((piece) => piece.scrollWidth <= piece.clientWidth + 2);
        return fits ? [] : [[k, ...[...slide.querySelectorAll(".jp-Cell")].map((cell) => cell.id)]];
    })""")


def violations(page):
    """What axe-core finds serious or critical, with every detail open -> (rule, the first element)."""
    page.evaluate("""document.querySelectorAll('details').forEach(details => {
        details.removeAttribute("name");  // of one name only one is open
        details.open = true;
    });
    document.getAnimations().forEach(fading => fading.finish());""")
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'], preload: false })")["violations"]
    serious = [rule for rule in found if rule["impact"] in ("serious", "critical")]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in serious]


def not_reached_by_tab(page):
    """Press Tab through the page -> the controls that never had the focus, or had it without a ring."""
    total = page.evaluate("""() => {
        window.waiting = new Set([...document.querySelectorAll("a[href], button, input, summary")]
            .filter((control) => control.checkVisibility({ visibilityProperty: true })));
        return waiting.size;
    }""")
    page.locator("body").evaluate("body => { document.activeElement?.blur(); scrollTo(0, 0); }")
    for _ in range(total + 3):
        page.keyboard.press("Tab")
        page.evaluate("""() => {
            const focused = document.activeElement;
            const { outlineStyle, outlineWidth } = getComputedStyle(focused);
            if (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) waiting.delete(focused);
        }""")
    return page.evaluate("[...waiting].map((control) => control.outerHTML.slice(0, 80))")
