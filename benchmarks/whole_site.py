"""The whole static site, built and opened from disk with the network switched off.

    python benchmarks/whole_site.py [--into site]

For each page: its size, the time until its sliders and its formulas are there; every slider of every explorer
walked through all its stops by key, what the explorer says held to the package's own words, and the picture
at five of them to matplotlib's; then the slides, each held to its frame. At the end what axe-core found, what
Tab does not reach, and what was asked of a network or complained of in a console.
"""

import argparse
import contextlib
import os
import sys
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
from IPython.core.interactiveshell import InteractiveShell

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests/browser"), str(ROOT / "web")]
import build
import lab
import pictures
import site_page
from lasso_helpers import LiveFigure


def explorers_of(name):
    """The notebook's explorers, made again in this process -> {cell id: LiveFigure}."""
    shell = InteractiveShell.instance(display_page=False)
    shell.reset(new_session=False)
    os.chdir(ROOT / "notebooks")
    matplotlib.rcdefaults()
    made = {}
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        for cell in nbformat.read(f"{name}.ipynb", as_version=4).cells:
            if cell.cell_type == "code":
                result = shell.run_cell(cell.source, store_history=False).result
                if isinstance(result, LiveFigure):
                    made[cell.id] = result
    return made


def opened(context, file, heard):
    """A new page on the file, and the seconds until its sliders and its formulas were there."""
    page = context.new_page()
    site_page.hear(page, heard)
    page.add_init_script("""new MutationObserver(() => {
        for (const sign of [".live-figure input", "mjx-container"])
            if (document.querySelector(sign)) (window.arrived ??= {})[sign] ??= performance.now() / 1000;
    }).observe(document, { childList: true, subtree: true });""")
    page.goto(file.as_uri())
    site_page.wait(page)
    arrived = page.evaluate("window.arrived ?? {}")
    return page, *(arrived.get(sign, 0) for sign in (".live-figure input", "mjx-container"))


def walk_through(page, cell, live, rng):
    """Every slider through all its stops -> how many, the largest difference of five pictures a slider."""
    stops, worst = 0, 0.0
    style = site_page.put_in_the_corner(page, cell)
    listed = [values for values, _ in live._sliders.values()]
    for slider, values in enumerate(listed):
        at = [int(rng.integers(len(other))) for other in listed]
        at[slider] = 0
        site_page.stand_at(page, cell, at)
        page.locator(f"#{cell} input").nth(slider).focus()
        looked_at = {0, len(values) - 1, *rng.integers(len(values), size=3).tolist()}
        for stop in range(len(values)):
            at[slider] = stop
            assert site_page.sentence(page, cell) == live._sentence(at), (cell, at)
            if stop in looked_at:
                seen = site_page.seen_in_the_corner(page)
                worst = max(worst, pictures.difference(seen, pictures.snapshot(live, at)))
            page.keyboard.press("ArrowRight")
            stops += 1
    style.evaluate("element => element.remove()")
    assert worst <= pictures.limit(cell), (cell, worst)
    return stops, worst


def look_at(name, site, browser, rng, heard, found):
    """Everything about a notebook's page and its slides -> a line of the table."""
    context = browser.new_context(viewport=lab.SCREEN, offline=True, device_scale_factor=2)
    file = site / f"{name}.html"
    page, sliders, formulas = opened(context, file, heard)
    lives = explorers_of(name)
    boxes = page.locator(".explorer-host").evaluate_all("all => all.map(box => box.id)")
    assert sorted(boxes) == sorted(lives), (boxes, list(lives))
    found += [(file.name, "not reached by Tab", control) for control in site_page.not_reached_by_tab(page)]
    walked = [walk_through(page, cell, live, rng) for cell, live in lives.items()]
    found += [(file.name, rule) for rule in site_page.violations(page)]
    slides, _, _ = opened(context, site / f"{name}.slides.html", heard)
    too_large = site_page.slides_too_large(slides)
    found += [(f"{name}.slides.html", rule) for rule in site_page.violations(slides)]
    total = slides.evaluate("Reveal.getTotalSlides()")
    context.close()
    stops, worst = sum(stops for stops, _ in walked), max((worst for _, worst in walked), default=0)
    return (
        f"{name:22} {file.stat().st_size / 1e6:4.2f} MB  sliders {sliders:.2f} s  formulas {formulas:.2f} s  "
        f"{len(lives)} explorers, {stops:3} stops, pictures differ {worst:.2%}  "
        f"{total} slides, too large: {len(too_large)} {too_large or ''}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=ROOT / "site")
    site = parser.parse_args().into.resolve()
    pages, rng, heard, found = build.build(site), np.random.default_rng(0), [], []
    with lab.chromium() as browser:
        for page in pages:
            print(look_at(page.stem, site, browser, rng, heard, found), flush=True)
    print(f"axe-core, and controls that Tab does not reach: {found or 'nothing'}")
    print(f"requests beyond the disk, errors in the console: {heard or 'none'}")
