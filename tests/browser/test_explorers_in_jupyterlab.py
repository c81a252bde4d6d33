"""The explorers in a real JupyterLab and a real Chromium."""

import itertools

import numpy as np
import pytest
from PIL import ImageChops

import lab
import lasso_helpers
from conftest import EXPLORERS, assert_keys_stay_in_the_explorer
from pictures import difference, limit, open_picture, snapshot

FOCUSED_IN_A_RING = """control =>
    control === document.activeElement && getComputedStyle(control).outlineStyle !== 'none'"""
each_explorer = pytest.mark.parametrize("number", range(len(EXPLORERS)), ids=EXPLORERS)


def made(name, data):
    """The same explorer in this process, for its snapshots."""
    return {
        "learning-curves": lambda: lasso_helpers.explore_learning_curves(data),
        "lambda-alone": lambda: lasso_helpers.explore_learning_curves(data, lrs=[0.1]),
        "ridge": lambda: lasso_helpers.explore_ridge(data),
        "one-weight": lambda: lasso_helpers.explore_one_weight(),
        "geometry": lambda: lasso_helpers.explore_geometry(data, ["lcavol", "svi"]),
        "descent": lambda: lasso_helpers.explore_descent(data, ["lcavol", "svi"]),
        "zeros": lambda: lasso_helpers.explore_zeros(data),
        "path": lambda: lasso_helpers.explore_path(data),
        "sign-patterns": lambda: lasso_helpers.explore_sign_patterns(data),
    }[name]()


@each_explorer
def test_every_slider_moves_the_lines_by_key(explorer):
    for slider in range(explorer.handles.count()):
        explorer.press("Home", slider=slider)
        before = explorer.status(), explorer.drawn()
        explorer.press("ArrowRight", "ArrowRight", slider=slider)
        assert explorer.indices()[slider] == 2
        assert explorer.status() != before[0] and explorer.drawn() != before[1]


@each_explorer
def test_a_screen_reader_hears_names_values_and_the_status(explorer):
    names = explorer.box.locator(".widget-label").all_inner_texts()
    for slider, name in enumerate(names):
        for keys in (["Home"], ["ArrowRight", "ArrowRight"], ["End"]):
            explorer.press(*keys, slider=slider)
            handle, readout = (
                explorer.handles.nth(slider),
                explorer.box.locator(".widget-readout").nth(slider),
            )
            assert handle.get_attribute("aria-label") == name
            assert handle.get_attribute("aria-valuetext") == readout.inner_text()
    status = explorer.box.get_by_role("status")
    assert status.get_attribute("aria-live") == "polite"
    assert explorer.picture.get_attribute("aria-label") == status.inner_text() == explorer.status()


@each_explorer
def test_every_slider_is_dragged_from_end_to_end_by_mouse(explorer):
    for slider in range(explorer.handles.count()):
        last = float(explorer.handles.nth(slider).get_attribute("aria-valuemax"))
        for start, end, arrived in (("Home", 1, last), ("End", 0, 0)):
            explorer.press(start, slider=slider)
            before = explorer.status(), explorer.drawn()
            explorer.drag_slider(slider, end)
            assert explorer.indices()[slider] == arrived
            assert explorer.status() != before[0] and explorer.drawn() != before[1]


@each_explorer
def test_all_of_it_is_on_the_screen_and_nothing_moves_with_a_slider(explorer):
    places = []
    for key in ("Home", "End"):
        for slider in range(explorer.handles.count()):
            explorer.press(key, slider=slider)
        top, bottom = (
            explorer.page.locator(bar).bounding_box()
            for bar in (".jp-NotebookPanel-toolbar", "#jp-main-statusbar")
        )
        box = explorer.box.bounding_box()
        assert box["y"] >= top["y"] + top["height"] - 1 and box["y"] + box["height"] <= bottom["y"] + 1
        assert box["x"] >= 0 and box["x"] + box["width"] <= 1366
        places.append(
            [
                explorer.box.locator(part).first.bounding_box()
                for part in (".live-figure-buttons", ".live-figure-status", ".live-figure-picture")
            ]
        )
    assert places[0] == places[1]


@each_explorer
def test_presets_by_button_and_by_key(explorer):
    buttons = explorer.box.locator(".live-figure-buttons button")
    for k in range(buttons.count() - 3):
        buttons.nth(k).click()
        explorer.settle()
        clicked = explorer.indices(), explorer.status()
        explorer.press("End")
        explorer.page.keyboard.press(str(k + 1))
        explorer.settle()
        assert (explorer.indices(), explorer.status()) == clicked


@each_explorer
def test_pin_leaves_a_ghost_and_cover_hides_until_reset(explorer):
    ghost = explorer.box.locator(".live-figure-ghost path")
    status, lines = explorer.box.locator(".live-figure-status"), explorer.box.locator(".live-figure-lines")
    there = explorer.drawn()
    explorer.press("p", "End", "c")
    assert ghost.evaluate_all("paths => paths.map(p => p.getAttribute('d'))") == there
    assert not status.is_visible() and lines.evaluate("g => getComputedStyle(g).visibility") == "hidden"
    assert explorer.button("Cover").get_attribute("aria-pressed") == "true"
    explorer.button("Reset").click()
    explorer.settle()
    assert ghost.count() == 0 and status.is_visible() and explorer.drawn() == there


@each_explorer
def test_tab_leads_from_the_cell_through_every_control_and_escape_back(explorer, number):
    page, controls = explorer.page, explorer.box.locator(".noUi-handle, .live-figure-buttons button")
    cells = page.locator(".jp-CodeCell")
    explorer.press("Escape")
    assert cells.nth(number + 1).evaluate("cell => cell === document.activeElement")
    reached = set()
    for _ in range(
        controls.count() + explorer.handles.count() + 3
    ):  # readouts are stops as well, as is the editor
        page.keyboard.press("Tab")
        reached |= {k for k, control in enumerate(controls.all()) if control.evaluate(FOCUSED_IN_A_RING)}
    assert reached == set(range(controls.count()))
    explorer.button("Pin").focus()
    page.keyboard.press("Enter")
    explorer.button("Cover").focus()
    page.keyboard.press("Space")
    assert explorer.box.locator(".live-figure-ghost path").count() > 0
    assert explorer.button("Cover").get_attribute("aria-pressed") == "true"
    for key in ("Escape", "ArrowDown"):
        page.keyboard.press(key)
    assert cells.nth(number + 2).evaluate("cell => cell.classList.contains('jp-mod-active')")
    explorer.press("r")


def test_keys_do_not_reach_the_notebook(page):
    assert_keys_stay_in_the_explorer(page)


@pytest.fixture
def exact_page(page):
    """At this size the picture is shown at its own, and a screenshot has the snapshot's pixels."""
    page.set_viewport_size({"width": 1640, "height": 900})
    own_size = ".live-figure-picture { width: 960px !important; height: 410px !important; }"
    style = page.add_style_tag(content=own_size)
    yield page
    style.evaluate("element => element.remove()")
    page.set_viewport_size(lab.SCREEN)


@each_explorer
def test_the_browsers_picture_is_matplotlibs_at_corners_and_random_stops(exact_page, prostate, number):
    live = made(EXPLORERS[number], prostate)
    explorer = lab.Explorer(exact_page, number)
    rng = np.random.default_rng(number)
    for stop in ("Home", "End", "random", "random", "random"):
        for slider in range(explorer.handles.count()):
            if stop == "random":
                explorer.click_slider(slider, rng.uniform(0.01, 0.99))
            else:
                explorer.press(stop, slider=slider)
        indices = explorer.indices()
        assert explorer.status() == live._status[tuple(indices)]
        seen = open_picture(explorer.screenshot())
        expected = snapshot(live, indices)
        assert seen.size == expected.size == (1920, 820)
        assert difference(seen, expected) <= limit(EXPLORERS[number]), (stop, indices)
    live.close()

    # A shift by 3 px would be seen: of the whole picture; of the lines alone, as by a wrong transform.
    for shift in ((6, 0), (0, 6)):
        assert difference(ImageChops.offset(seen, *shift), expected) > limit(EXPLORERS[number])
    style = exact_page.add_style_tag(content=".live-figure-lines { translate: 0 3px; }")
    shifted = open_picture(explorer.screenshot())
    style.evaluate("element => element.remove()")
    assert difference(shifted, expected) > limit(EXPLORERS[number])


def test_other_windows_scale_the_picture(page):
    for width, height in ((1024, 768), (800, 768), (2560, 1300)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(500)
        for number in range(len(EXPLORERS)):
            explorer = lab.Explorer(page, number)
            box, picture = explorer.box.bounding_box(), explorer.picture.bounding_box()
            assert picture["x"] + picture["width"] <= box["x"] + box["width"] + 1 <= width
            assert picture["width"] / picture["height"] == pytest.approx(960 / 410, rel=0.01)
    page.set_viewport_size(lab.SCREEN)
    assert page.complaints == []


def test_python_reads_the_sliders(page):
    explorer = lab.Explorer(page, EXPLORERS.index("descent"))
    explorer.press("End")
    end = float(explorer.box.locator(".widget-readout").inner_text())
    page.locator(".jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("print('alive', *live.values)")
    page.keyboard.press("Control+Enter")
    reads = page.locator(".jp-OutputArea-output", has_text=f"alive {end:g}")
    reads.wait_for(timeout=10_000)


def test_stops_of_two_sliders_are_combined(page):
    explorer = lab.Explorer(page, 0)
    seen = set()
    for first, second in itertools.product(("Home", "End"), repeat=2):
        explorer.press(first, slider=0)
        explorer.press(second, slider=1)
        seen.add(tuple(explorer.drawn()))
    assert len(seen) == 4


@pytest.fixture(scope="module")
def stopped_page(page):
    """The page's last part: saved, and the kernel shut down."""
    lab.save(page)
    lab.menu(page, "Kernel", "Shut Down Kernel")
    page.wait_for_function("() => !jupyterapp.shell.currentWidget.sessionContext.session?.kernel")
    return page


def test_without_a_kernel_the_sliders_still_move_the_lines(stopped_page):
    for number in range(len(EXPLORERS)):
        explorer = lab.Explorer(stopped_page, number)
        for slider in range(explorer.handles.count()):
            explorer.press("Home", slider=slider)
            before = explorer.status(), explorer.drawn()
            explorer.press("ArrowRight", "ArrowRight", slider=slider)
            assert explorer.status() != before[0] and explorer.drawn() != before[1]
    assert stopped_page.complaints == []


def test_saved_and_reopened_without_its_kernel_it_shows_the_snapshots(stopped_page, address):
    lab.open_notebook(stopped_page, address, "explorers.ipynb")
    cells = stopped_page.locator(".jp-CodeCell", has_text="explore_")
    assert cells.count() == len(EXPLORERS)
    for cell in cells.all():
        cell.scroll_into_view_if_needed()
        cell.locator(".jp-RenderedImage img").wait_for()
