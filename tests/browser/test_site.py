"""The static site, opened from disk in a Chromium whose network is switched off."""

import functools
import http.server
import os
import re
import shutil
import sys
import threading

import numpy as np
import pytest

import lab
import lasso_helpers
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
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LASSO_HUB", "https://hub.example.edu")
        build.build(folder, only=["00", *(name[:2] for name in IN_PAGE)])
    return folder


@pytest.fixture
def open_page(browser, site):
    """Opens a file of the site -> the page; at the end nothing may have been asked of a network."""
    contexts, complaints = [], []

    def opened(file, address="", server=None, **look):
        context = browser.new_context(**{"viewport": lab.SCREEN, "offline": server is None, **look})
        contexts.append(context)
        page = context.new_page()
        scripts = look.get("java_script_enabled", True)
        if scripts:  # without them those that the theme preloads count as failed
            site_page.hear(page, complaints)
        page.goto((f"{server}/{file}" if server else (site / file).as_uri()) + address)
        if scripts:
            site_page.wait(page)
        if server:  # a test that leaves at once would cut off the icon, which is asked for last
            page.wait_for_load_state("networkidle")
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
    page = open_page(f"{name}.html", java_script_enabled=False)
    for cell in IN_PAGE[name]:
        picture = page.locator(f"#{cell} img")
        assert picture.bounding_box()["width"] > 300 and "λ" in picture.get_attribute("alt")


@each_page
def test_answers_are_folded_and_pictures_have_words(open_page, name):
    page = open_page(f"{name}.html")
    folded = page.locator("details.hide")
    assert folded.count() >= 3
    assert all(not box.evaluate("details => details.open") for box in folded.all())
    box = page.locator("details", has_text="Show the cell's output").first
    box.locator("summary").click()
    assert box.locator(".output, .text_html").first.is_visible()
    words = page.locator("article img").evaluate_all("images => images.map(image => image.alt)")
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
        assert page.locator("article details[open]").count() == 1


@each_page
def test_nothing_asks_to_be_run_where_explorers_live_already(open_page, name):
    for file in (f"{name}.html", f"{name}.slides.html"):
        text = open_page(file).locator("body").inner_text()
        assert "Shift+Enter" not in text.replace("(Shift+Enter); then drag λ here", "")  # needs a kernel


def test_the_road_is_seen_and_leads_to_the_pages(open_page, site):
    page = open_page("00_start_here.html")
    stations = page.locator("article img[src^='_images/0']")
    widths = stations.evaluate_all("images => images.map(image => image.naturalWidth)")
    assert len(widths) == 8 and min(widths) > 0
    stations.nth(4).click()
    site_page.wait(page)
    assert page.url.endswith("04_autograd_lasso.html")


def test_the_road_is_seen_on_slides(open_page):
    stations = open_page("00_start_here.slides.html").locator("img[src^='_images/0']")
    assert stations.count() == 8
    assert min(stations.evaluate_all("images => images.map(image => image.naturalWidth)")) > 0


@each_page
def test_on_slides_what_happened_is_open(open_page, name):
    page = open_page(f"{name}.slides.html")
    assert page.locator("details", has_text="What happened").count() == 0
    assert page.locator("details").count() >= 9


@each_page
def test_a_page_is_small_and_names_no_other_host(site, name):
    for file in (site / f"{name}.html", site / f"{name}.slides.html"):
        assert file.stat().st_size <= 2_500_000
        assert not re.search(r"""(?:\ssrc|<link[^>]* href)=["']?https?://""", file.read_text())


def test_pages_lead_to_each_other(open_page):
    page = open_page("index.html")
    for link in (".sd-card:has-text('06 ·')", ".prev-next-area a:has-text('04 ·')", "nav a:has-text('00 ·')"):
        page.locator(link).first.click()
        site_page.wait(page)
    assert page.url.endswith("00_start_here.html")


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
        return Reveal.getSlidePastCount();
    }""")
    slider = page.locator("#explorer input").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("Reveal.getSlidePastCount()") == at and slider.input_value() == "1"
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    where = "[Reveal.getSlidePastCount(), Reveal.isOverview()]"
    assert page.evaluate(where) == [at + 1, False]
    page.keyboard.press("PageUp")
    slider.focus()
    page.keyboard.press("PageDown")  # a clicker's
    assert page.evaluate(where) == [at + 1, False] and slider.input_value() == "1"


@each_page
def test_every_control_is_reached_by_tab_and_shows_it(open_page, name):
    page = open_page(f"{name}.html")
    assert site_page.not_reached_by_tab(page) == []
    page.add_style_tag(content=".live-figure input { outline: none !important; }")
    assert len(site_page.not_reached_by_tab(page)) == page.locator(".live-figure input").count()


@each_page
def test_predictions_open_by_key(open_page, name):
    page = open_page(f"{name}.html")
    reply = page.locator("article details:not(.hide)").nth(1)
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


OTHERS = sorted(path.stem for path in (build.WEB / "pages").glob("*.md"))
FILES = [f"{name}.html" for name in (*IN_PAGE, *OTHERS, "index", "search", "embed/learning-curves")]


@pytest.mark.parametrize("file", FILES)
def test_axe_finds_no_violation(open_page, file):
    page = open_page(file, color_scheme="light")
    for look in ("light", "dark"):
        page.emulate_media(color_scheme=look)
        theme = (
            "look => [look, undefined].includes(document.documentElement.dataset.theme)"  # an embed has none
        )
        page.wait_for_function(theme, arg=look)
        assert site_page.violations(page) == [], look


@each_page
def test_axe_finds_no_violation_on_slides(open_page, name):
    assert site_page.violations(open_page(f"{name}.slides.html")) == []


@pytest.mark.parametrize("file", FILES)
def test_nothing_scrolls_sideways_on_a_phone(open_page, file):
    page = open_page(file, viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_pictures_keep_a_light_ground_where_the_page_is_dark(open_page):
    page = open_page("04_autograd_lasso.html", color_scheme="dark")
    ground = "element => getComputedStyle(element).backgroundColor.match(/\\d+/g).map(Number)"
    assert max(page.locator("body").evaluate(ground)) < 50
    assert max(page.locator("#explorer .live-figure").evaluate(ground)) < 50
    button = page.locator("#explorer button").first.evaluate("button => getComputedStyle(button).color")
    assert min(map(int, re.findall(r"\d+", button))) > 200
    site_page.put_in_the_corner(page, "explorer")
    assert np.median(np.asarray(site_page.seen_in_the_corner(page))) > 240


@pytest.fixture(scope="module")
def server(site, tmp_path_factory):
    """The site under a sub-path of a server -> its address."""
    root = tmp_path_factory.mktemp("server")
    (root / "lasso").symlink_to(site)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=root)
    handler.func.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}/lasso"
        serving.shutdown()


@pytest.mark.parametrize("where", ["disk", "server"])
def test_a_word_is_searched_and_found(open_page, server, where):
    page = open_page("index.html", server=server if where == "server" else None)
    page.keyboard.press("Control+k")
    page.keyboard.type("autograd")
    page.keyboard.press("Enter")
    page.locator("#search-results a", has_text="04 ·").first.wait_for()
    if where == "server":  # from disk no page may read another
        page.locator("#search-results .context").first.wait_for()
        assert not any(
            bar in page.locator("#search-results").inner_text() for bar in ("Contents", "Dark", "Slides")
        )
    page.locator("#search-results a", has_text="04 ·").first.click()
    site_page.wait(page)
    assert "/04_autograd_lasso.html" in page.url


def test_the_home_page_is_the_main_explorer_with_positions_worth_seeing(open_page):
    page, live = open_page("index.html"), made("learning-curves")
    box = page.locator("#learning-curves").bounding_box()
    picture = page.locator("#learning-curves .live-figure-picture").bounding_box()
    assert box["y"] < 260 and picture["y"] + picture["height"] <= lab.SCREEN["height"]
    links = page.locator("nav.presets a").all()
    for link, seen in zip(links, ("state: hovering", "state: diverging", "◆ [1-7]"), strict=True):
        link.click()
        stops = [int(stop) for stop in link.get_attribute("href").split(":")[1].split(",")]
        page.wait_for_function(f"document.querySelector('#learning-curves input').value == {stops[0]}")
        sentence = site_page.sentence(page, "learning-curves")
        assert sentence == live._sentence(stops) and re.search(seen, sentence)


def test_the_home_page_opens_at_the_lecture_and_leads_on(open_page):
    page = open_page("index.html")
    assert "state: hovering" in site_page.sentence(page, "learning-curves")
    for name in ("Start with 00", "Run it yourself", "Teach with this"):
        assert page.locator("article").get_by_role("link", name=name).is_visible()
    assert page.title() == "Lasso regression in nine live notebooks — The lasso, live"
    assert page.locator("meta[name=description]").count() == 1


def test_the_home_page_shows_the_road(open_page):
    page = open_page("index.html")
    cards = page.locator("article .sd-card")
    words = cards.all_inner_texts()
    assert [text[:2] for text in words] == ["00", "04", "06"]
    assert all(re.search(r"\?\s+\d+ minutes", text) for text in words)
    widths = cards.locator("img").evaluate_all("images => images.map(image => image.naturalWidth)")
    assert len(widths) == 3 and min(widths) > 0


@pytest.mark.parametrize("where", ["disk", "server"])
def test_copy_link_leads_back_to_the_position(open_page, server, where):
    page = open_page("06_lasso_path.html", server=server if where == "server" else None)
    site_page.stand_at(page, "path-explorer", [12, 3])
    button = page.locator("#path-explorer .explorer-links button")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    button.click()
    page.wait_for_function("window.copied")
    assert button.inner_text() == "Copied"
    copied = page.evaluate("copied")
    assert copied == page.url.split("#")[0] + "#path-explorer:12,3"
    page.goto("about:blank")
    page.goto(copied)
    site_page.wait(page)
    assert [slider.input_value() for slider in page.locator("#path-explorer input").all()] == ["12", "3"]


def test_copy_link_works_where_the_browser_refuses_its_clipboard(open_page):
    page = open_page("embed/path.html")
    page.evaluate("""() => {
        navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
        document.addEventListener("copy", () => { window.copied = String(document.activeElement.value); });
    }""")
    page.locator(".explorer-links button").click()
    page.wait_for_function("window.copied")
    assert re.fullmatch(r"file://.*/embed/path.html#path:\d+,\d+", page.evaluate("copied"))


def test_an_embedded_explorer_lives_in_a_frame_at_the_stops_of_its_address(open_page, site):
    (site / "course.html").write_text(
        '<!DOCTYPE html><iframe src="embed/path.html#path:12,3" width="1000" height="700"></iframe>'
    )
    page = open_page("embed.html")
    page.goto((site / "course.html").as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("#path .live-figure-picture").wait_for()
    assert [slider.input_value() for slider in frame.locator("#path input").all()] == ["12", "3"]
    frame.locator("#path input").first.press("ArrowRight")
    assert "penalty λ = " in frame.locator("#path .live-figure-picture").get_attribute("aria-label")
    assert frame.locator("#path input").first.input_value() == "13"


def test_every_explorer_can_be_embedded(site):
    public = [name for name in lasso_helpers.__all__ if name.startswith("explore_")]
    names = {name.removeprefix("explore_").replace("_", "-") for name in public}
    page = (site / "embed.html").read_text()
    assert set(build.EMBEDDED) == names == set(re.findall(r'href="embed/([\w-]+)\.html"', page))
    built = {path.stem for path in (site / "embed").glob("*.html")}
    assert built == {name for name, (of, _) in build.EMBEDDED.items() if of in IN_PAGE}


def test_a_cell_that_asks_the_kernel_says_that_it_does_nothing_here(open_page):
    cell = open_page("04_autograd_lasso.html").locator(".cell", has_text="interact(curves")
    assert "JupyterLab only" in cell.locator(".cell_output").inner_text()
    before = cell.locator("xpath=preceding-sibling::p[1]").inner_text()
    assert "Run the cell (Shift+Enter); then drag λ here" in before


def test_the_cheat_sheet_is_one_page_on_paper(open_page):
    paper = open_page("cheat_sheet.html").pdf(prefer_css_page_size=True)  # which asks for A4
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1


def test_an_exercise_and_a_position_say_that_they_wait_for_jupyterlab(open_page):
    page = open_page("04_autograd_lasso.html")
    for code, words in (('check("rmse"', "checked in JupyterLab"), ("= live.values", "at which you leave")):
        cell = page.locator(".cell", has_text=code)
        assert words in cell.locator(".cell_output").inner_text()
        assert cell.locator("a[href='run.html']").is_visible()


@pytest.mark.parametrize("width", [1366, 390])
def test_the_contents_open_over_the_page_and_close_behind_a_heading(open_page, width):
    page = open_page("06_lasso_path.html", viewport={"width": width, "height": 768})
    contents = page.locator("#pst-secondary-sidebar-modal")
    assert not contents.is_visible()
    page.locator("button.secondary-toggle").click()
    contents.get_by_role("link", name="Cross-validation").click()
    contents.wait_for(state="hidden")
    assert 0 <= page.locator("#cross-validation").bounding_box()["y"] < 300


@pytest.mark.parametrize(
    "file, name, bar",
    [("04_autograd_lasso", "explorer", 56), ("embed/learning-curves", "learning-curves", 0)],
)
def test_a_slider_stays_in_sight_of_the_last_panel_on_a_phone(open_page, file, name, bar):
    """Right below the page's bar, of which an embedded explorer has none."""
    page = open_page(f"{file}.html", f"#{name}:20,3,61", viewport={"width": 390, "height": 844})
    picture, slider = (page.locator(f"#{name} {part}").first for part in (".live-figure-picture", "input"))
    page.evaluate("(bottom) => scrollBy(0, bottom - innerHeight + 10)", bottom(picture))
    assert bar < slider.bounding_box()["y"] < bar + 50 and bottom(picture) <= 844


def bottom(place):
    box = place.bounding_box()
    return box["y"] + box["height"]


def test_a_frame_scrolls_nothing_around_it(open_page, site):
    (site / "far.html").write_text(
        '<!DOCTYPE html><p style="height: 2000px">far<iframe src="embed/path.html#path:12,3"></iframe>'
    )
    page = open_page("embed.html")
    assert page.evaluate("scrollY") == 0
    page.goto((site / "far.html").as_uri())
    page.frame_locator("iframe").locator("#path .live-figure-picture").wait_for()
    assert page.evaluate("scrollY") == 0


@each_page
def test_the_download_is_the_notebook_of_the_repository(open_page, site, name):
    link = open_page(f"{name}.html").locator(".btn-download-source-button")
    target = site / link.get_attribute("href")
    assert target.read_bytes() == (lab.NOTEBOOKS / f"{name}.ipynb").read_bytes()


@each_page
def test_launch_buttons_lead_to_the_notebook(open_page, name):
    page = open_page(f"{name}.html")
    for where in ("mybinder.org/v2/gh/OWNER/lasso/main", "google.com/github/OWNER/lasso", "/hub/"):
        address = page.locator(f"a.dropdown-item[href*='{where}']").get_attribute("href")
        assert f"notebooks/{name}.ipynb" in address


@each_page
def test_page_and_slides_lead_to_each_other(open_page, name):
    page = open_page(f"{name}.html")
    with page.context.expect_page() as opened:
        page.locator("a", has_text="Slides").click()
    slides = opened.value
    site_page.wait(slides)
    assert slides.evaluate("Reveal.getTotalSlides()") > 10
    slides.locator("a.back").click()
    site_page.wait(slides)
    assert slides.url == page.url


def test_the_api_page_describes_every_public_name(open_page):
    page = open_page("api.html")
    names = set(page.locator("dt.sig").evaluate_all("all => all.map(name => name.id)"))
    assert {f"lasso_helpers.{name}" for name in lasso_helpers.__all__} <= names
    assert "Training and test data as float32" in page.locator("main").inner_text()
