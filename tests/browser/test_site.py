"""The static site, opened from disk in a Chromium whose network is switched off."""

import os
import re
import shutil
import sys

import numpy as np
import pytest

import lab
import site_page
from pictures import difference, limit, snapshot
from reading import slider_values
from test_explorers_in_jupyterlab import made

sys.path.insert(0, str(lab.NOTEBOOKS.parent / "web"))
import build

NO_NPM = "no npm on this machine: install your system's `npm` package to test the static site"
IN_PAGE = {  # cell -> the explorer it shows, of the pages built here
    "04_autograd_lasso": {"explorer-first": "learning-curves", "explorer": "learning-curves"},
    "06_lasso_path": {"path-explorer": "path", "patterns-explorer": "sign-patterns"},
}
each_page = pytest.mark.parametrize("name", IN_PAGE)
each_explorer = pytest.mark.parametrize(
    "name, cell", [(name, cell) for name, cells in IN_PAGE.items() for cell in cells]
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    if shutil.which("npm") is None:
        if os.environ.get("REQUIRE_CHROMIUM"):
            pytest.fail(NO_NPM)
        pytest.skip(NO_NPM)
    folder = tmp_path_factory.mktemp("site")
    build.build(folder, only=["00", *(name[:2] for name in IN_PAGE)])
    return folder


@pytest.fixture
def open_page(browser, site):
    """Opens a file of the site -> the page; at the end nothing may have been asked of a network."""
    contexts, complaints = [], []

    def opened(file, address="", ready="formulas", **look):
        context = browser.new_context(**{"viewport": lab.SCREEN, "offline": True, **look})
        contexts.append(context)
        page = context.new_page()
        site_page.hear(page, complaints)
        page.goto((site / file).as_uri() + address)
        if ready:
            page.wait_for_selector(f"html[data-{ready}=ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@each_explorer
def test_every_slider_moves_and_the_picture_is_matplotlibs(open_page, name, cell):
    page, live = open_page(f"{name}.html", device_scale_factor=2), made(IN_PAGE[name][cell])
    site_page.put_in_the_corner(page, cell)
    rng = np.random.default_rng(0)
    for _ in range(3):
        stops = [int(rng.integers(len(values))) for values in slider_values(live)]
        site_page.stand_at(page, cell, stops)
        assert site_page.sentence(page, cell) == live._sentence(stops)
        assert f"{cell}:{','.join(map(str, stops))}" in page.url
        seen, expected = site_page.seen_in_the_corner(page), snapshot(live, stops)
        assert seen.size == expected.size and difference(seen, expected) <= limit(IN_PAGE[name][cell])


def test_an_address_opens_at_its_stops(open_page):
    page = open_page("06_lasso_path.html", "#path-explorer:12,3;patterns-explorer:7")
    stops = page.locator("#path-explorer input").evaluate_all("inputs => inputs.map(input => input.value)")
    assert stops == ["12", "3"] and "deal of the rows = 3" in site_page.sentence(page, "path-explorer")
    assert page.locator("#patterns-explorer input").input_value() == "7"
    assert page.locator("#path-explorer").bounding_box()["y"] < 768


def test_an_address_beyond_the_last_stop_opens_at_the_last(open_page):
    page = open_page("06_lasso_path.html", "#path-explorer:999,3;nothing:1;patterns-explorer:x")
    last = page.locator("#path-explorer input").first.get_attribute("max")
    assert page.locator("#path-explorer input").first.input_value() == last


@each_explorer
def test_presets_pin_and_cover_by_key(open_page, name, cell):
    page = open_page(f"{name}.html")
    readouts, ghost = (page.locator(f"#{cell} .live-figure-{part}") for part in ("readouts", "ghost"))
    page.locator(f"#{cell} input").first.focus()
    before = site_page.sentence(page, cell)
    page.keyboard.press("p")
    page.keyboard.press("3")
    assert site_page.sentence(page, cell) != before and ghost.is_visible()
    page.keyboard.press("c")
    assert not readouts.is_visible()
    page.keyboard.press("r")
    assert readouts.is_visible() and site_page.sentence(page, cell) == before and not ghost.is_visible()


@each_explorer
def test_sliders_say_their_values(open_page, name, cell):
    page = open_page(f"{name}.html")
    for slider in page.locator(f"#{cell} .live-figure-slider").all():
        control = slider.locator("input")
        assert control.get_attribute("aria-valuetext") == slider.locator("> b").inner_text()
        assert control.get_attribute("aria-label") == slider.locator(".live-figure-name span").inner_text()


@each_page
def test_without_javascript_each_explorer_is_its_snapshot(open_page, name):
    page = open_page(f"{name}.html", ready=None, java_script_enabled=False)
    for cell in IN_PAGE[name]:
        picture = page.locator(f"#{cell} img")
        assert picture.bounding_box()["width"] > 300 and "λ" in picture.get_attribute("alt")


@each_page
def test_answers_are_folded_and_pictures_have_words(open_page, name):
    page = open_page(f"{name}.html")
    folded = page.locator("details.folded")
    assert folded.count() >= 3
    assert all(not box.evaluate("details => details.open") for box in folded.all())
    box = page.locator("details", has_text="Show what the cell shows").first
    box.locator("summary").click()
    assert box.locator(".jp-OutputArea").is_visible()
    words = page.locator("img").evaluate_all("images => images.map(image => image.alt)")
    assert len(words) >= 2 and all(len(text) > 8 for text in words)
    assert page.locator("mjx-container").count() >= 1 and "$$" not in page.locator("main").inner_text()


@each_page
def test_one_option_of_a_prediction_is_open_at_a_time(open_page, name):
    page = open_page(f"{name}.html")
    options = page.locator("details[name]")
    first = options.first.get_attribute("name")
    assert options.count() >= 9 and page.locator(f"details[name='{first}']").count() == 3
    for option in page.locator(f"details[name='{first}']").all():
        option.locator("summary").click()
        assert option.evaluate("details => details.open")
        assert page.locator("details[open]").count() == 1


@each_page
def test_nothing_asks_to_be_run_where_explorers_live_already(open_page, name):
    for file in (f"{name}.html", f"{name}.slides.html"):
        assert "Shift+Enter" not in open_page(file).locator("body").inner_text()


def test_the_road_is_seen_and_leads_to_the_pages(open_page, site):
    page = open_page("00_start_here.html")
    stations = page.locator("a > img[src^='road/']")
    widths = stations.evaluate_all("images => images.map(image => image.naturalWidth)")
    assert len(widths) == 8 and min(widths) > 0
    stations.nth(4).click()
    page.wait_for_selector("html[data-explorers=ready]", state="attached")
    assert page.url.endswith("04_autograd_lasso.html")


@each_page
def test_on_slides_what_happened_is_open(open_page, name):
    page = open_page(f"{name}.slides.html")
    assert page.locator("details", has_text="What happened").count() == 0
    assert page.locator("details").count() >= 9


@each_page
def test_a_page_is_small_and_names_no_other_host(site, name):
    for file in (site / f"{name}.html", site / f"{name}.slides.html"):
        assert file.stat().st_size <= 2_500_000
        assert not re.search(r"""(?:src|href)=["']?https?://(?!\S*(?:doi|github))""", file.read_text())


def test_pages_lead_to_each_other(open_page):
    page = open_page("index.html", ready=None)
    page.locator("a", has_text="06 ·").click()
    page.wait_for_selector("html[data-explorers=ready]", state="attached")
    page.locator("nav a", has_text="04 ·").first.click()
    page.wait_for_selector("html[data-explorers=ready]", state="attached")
    assert page.url.endswith("04_autograd_lasso.html")


@each_page
def test_no_slide_is_larger_than_its_frame(open_page, name):
    page = open_page(f"{name}.slides.html")
    assert site_page.slides_too_large(page) == []
    page.add_style_tag(content=".reveal .slides { --jp-content-font-size1: 90px }")
    assert len(site_page.slides_too_large(page)) > 5


@each_page
def test_headings_of_slides_are_not_in_capitals(open_page, name):
    page = open_page(f"{name}.slides.html")
    assert (
        page.locator("h2")
        .evaluate_all("all => all.map(h => getComputedStyle(h).textTransform)")
        .count("none")
        == page.locator("h2").count()
    )


def test_keys_on_a_focused_slider_move_it_and_not_the_slide(open_page):
    page = open_page("04_autograd_lasso.slides.html")
    page.evaluate("document.querySelector('#explorer').closest('section').scrollIntoView()")
    at = page.evaluate("""() => {
        const slide = document.querySelector("#explorer").closest("section");
        const { h, v } = Reveal.getIndices(slide);
        Reveal.slide(h, v);
        return [h, v];
    }""")
    slider = page.locator("#explorer input").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    now = page.evaluate("() => { const { h, v } = Reveal.getIndices(); return [h, v]; }")
    assert now == at and slider.input_value() == "1"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    where = "() => { const { h, v } = Reveal.getIndices(); return [h, v, Reveal.isOverview()]; }"
    assert page.evaluate(where) == [at[0], at[1] + 1, False]
    page.keyboard.press("PageUp")
    slider.focus()
    page.keyboard.press("PageDown")  # a clicker's
    assert page.evaluate(where) == [at[0], at[1] + 1, False] and slider.input_value() == "1"


@each_page
def test_every_control_is_reached_by_tab_and_shows_it(open_page, name):
    page = open_page(f"{name}.html")
    assert site_page.not_reached_by_tab(page) == []
    page.add_style_tag(content=".live-figure input { outline: none !important; }")
    assert len(site_page.not_reached_by_tab(page)) == page.locator(".live-figure input").count()


@each_page
def test_predictions_open_by_key(open_page, name):
    page = open_page(f"{name}.html")
    reply = page.locator("details:not(.folded)").nth(1)
    reply.locator("summary").focus()
    for key in ("Enter", "Space"):
        was_open = reply.evaluate("details => details.open")
        page.keyboard.press(key)
        assert reply.evaluate("details => details.open") != was_open


def test_nothing_moves_where_reduced_motion_is_asked_for(open_page):
    moves = "() => document.getAnimations().length"
    page = open_page("04_autograd_lasso.slides.html", reduced_motion="reduce")
    for _ in range(8):
        page.keyboard.press("Space")
        assert page.evaluate(moves) == 0
    assert page.locator(".fragment").count() > 0


@pytest.mark.parametrize("file", [f"{name}{kind}.html" for name in IN_PAGE for kind in ("", ".slides")])
def test_axe_finds_no_violation(open_page, file):
    assert site_page.violations(open_page(file)) == []
