"""The explorers in a real JupyterLab and a real Chromium."""

import functools
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


@functools.cache
def made(name):
    """The same explorer in this process, for its snapshots."""
    data = lasso_helpers.load_prostate()
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
    for slider in range(explorer.sliders.count()):
        explorer.press("Home", slider=slider)
        before = explorer.sentence(), explorer.drawn()
        explorer.press("ArrowRight", "ArrowUp", slider=slider)
        assert explorer.stops()[slider] == 2
        assert explorer.sentence() != before[0] and explorer.drawn() != before[1]


@each_explorer
def test_a_screen_reader_hears_names_values_and_when_the_hand_rests_the_sentence(explorer):
    for slider in explorer.sliders.all():
        row = explorer.box.locator(".live-figure-slider", has=explorer.page.locator("input:focus"))
        for key in ("Home", "ArrowRight", "End"):
            slider.press(key)
            assert slider.get_attribute("aria-label") == row.locator(".live-figure-name span").inner_text()
            assert slider.get_attribute("aria-valuetext") == row.locator("> b").inner_text()
    said = explorer.box.get_by_role("status")
    assert said.get_attribute("aria-live") == "polite"
    explorer.page.wait_for_timeout(250)
    assert said.inner_text() == explorer.sentence()
    for label in explorer.readouts.locator("> div > span").all_inner_texts():
        assert label.replace("\n", "_") in explorer.sentence().replace("_", "")


@each_explorer
def test_every_slider_is_dragged_from_end_to_end_by_mouse(explorer):
    for slider in range(explorer.sliders.count()):
        for start, end, arrived in (("Home", 1, explorer.last(slider)), ("End", 0, 0)):
            explorer.press(start, slider=slider)
            before = explorer.sentence(), explorer.drawn()
            explorer.drag_slider(slider, end)
            assert explorer.stops()[slider] == arrived
            assert explorer.sentence() != before[0] and explorer.drawn() != before[1]


@each_explorer
def test_all_of_it_is_on_the_screen_and_nothing_moves_with_a_slider(explorer):
    places = []
    for key in ("Home", "End"):
        for slider in range(explorer.sliders.count()):
            explorer.press(key, slider=slider)
        top, bottom = (
            explorer.page.locator(bar).bounding_box()
            for bar in (".jp-NotebookPanel-toolbar", "#jp-main-statusbar")
        )
        box = explorer.box.bounding_box()
        assert box["y"] >= top["y"] + top["height"] - 1 and box["y"] + box["height"] <= bottom["y"] + 1
        assert box["x"] >= 0 and box["x"] + box["width"] <= 1366
        parts = explorer.box.locator("> div, > svg, .live-figure-readout, button").all()
        places.append([part.bounding_box() for part in parts])
    assert places[0] == places[1]


@each_explorer
def test_presets_by_button_and_by_key_and_the_one_in_force_is_pressed(explorer):
    buttons = explorer.presets()
    for k in range(buttons.count()):
        buttons.nth(k).click()
        explorer.settle()
        clicked = explorer.stops(), explorer.sentence()
        assert buttons.nth(k).get_attribute("aria-pressed") == "true"
        explorer.press("End", "ArrowLeft")
        explorer.page.keyboard.press(str(k + 1))
        explorer.settle()
        assert (explorer.stops(), explorer.sentence()) == clicked
        assert buttons.nth(k).locator("kbd").inner_text() == str(k + 1)
    explorer.press("End", "ArrowLeft", "ArrowLeft")
    assert explorer.box.locator(".live-figure-presets [aria-pressed=true]").count() == 0


@each_explorer
def test_pin_leaves_a_ghost_and_cover_hides_until_reset(explorer):
    there = explorer.drawn()
    explorer.press("p", "End", "c")
    assert explorer.drawn("ghost") == [] and explorer.drawn() == []  # covered
    assert not explorer.readouts.is_visible()
    assert explorer.button("Cover").get_attribute("aria-pressed") == "true"
    explorer.press("c")
    assert explorer.drawn("ghost") == there != explorer.drawn()
    explorer.button("Reset").click()
    explorer.settle()
    assert explorer.drawn("ghost") == [] and explorer.readouts.is_visible() and explorer.drawn() == there


@pytest.mark.parametrize("number", [EXPLORERS.index(name) for name in ("learning-curves", "path", "descent")])
def test_tab_leads_from_the_cell_through_every_control_and_escape_back(explorer, number):
    page, controls = explorer.page, explorer.box.locator("input, button")
    cells = page.locator(".jp-CodeCell")
    explorer.press("Escape")
    assert cells.nth(number + 1).evaluate("cell => cell === document.activeElement")
    reached = set()
    for _ in range(controls.count() + 3):  # the cell's editor is a stop as well
        page.keyboard.press("Tab")
        reached |= {k for k, control in enumerate(controls.all()) if control.evaluate(FOCUSED_IN_A_RING)}
    assert reached == set(range(controls.count()))
    explorer.button("Pin").focus()
    page.keyboard.press("Enter")
    explorer.button("Cover").focus()
    page.keyboard.press("Space")
    for name in ("Pin", "Cover"):
        assert explorer.button(name).get_attribute("aria-pressed") == "true"
    for key in ("Escape", "ArrowDown"):
        page.keyboard.press(key)
    assert cells.nth(number + 2).evaluate("cell => cell.classList.contains('jp-mod-active')")
    explorer.press("r")


def test_keys_do_not_reach_the_notebook(page):
    assert_keys_stay_in_the_explorer(page)


def test_a_press_on_the_picture_gives_the_arrow_keys_to_the_slider_used_last(page):
    explorer = lab.Explorer(page, 0)
    explorer.press("Home", slider=1)
    page.locator(".jp-CodeCell").first.click()
    explorer.picture.click(position={"x": 5, "y": 5})
    page.keyboard.press("ArrowRight")
    explorer.settle()
    assert explorer.stops()[1] == 1


@pytest.fixture
def exact_page(page):
    """At this size the picture is shown at its own, and a screenshot has the snapshot's pixels."""
    page.set_viewport_size({"width": 1640, "height": 900})
    own_size = ".live-figure-picture { width: 928px !important; height: 460px !important; }"
    style = page.add_style_tag(content=own_size)
    yield page
    style.evaluate("element => element.remove()")
    page.set_viewport_size(lab.SCREEN)


@each_explorer
def test_the_browsers_picture_is_matplotlibs_at_corners_and_a_random_stop(exact_page, number):
    live = made(EXPLORERS[number])
    explorer = lab.Explorer(exact_page, number)
    rng = np.random.default_rng(number)
    for stop in ("Home", "End", "random"):
        for slider in range(explorer.sliders.count()):
            if stop == "random":
                explorer.click_slider(slider, rng.uniform(0.01, 0.99))
            else:
                explorer.press(stop, slider=slider)
        indices = explorer.stops()
        assert explorer.sentence() == live._sentence(indices)
        seen = open_picture(explorer.screenshot())
        expected = snapshot(live, indices)
        assert seen.size == expected.size == (1856, 920)
        # A notebook may be scrolled by half a pixel, which is one in a screenshot of double resolution.
        halves = [ImageChops.offset(seen, 0, dy) for dy in (-1, 0, 1)]
        seen = min(halves, key=lambda half: difference(half, expected))
        assert difference(seen, expected) <= limit(EXPLORERS[number]), (stop, indices)

    # A shift by 3 px would be seen: of the whole picture; of the lines alone, as by a wrong transform.
    for shift in ((6, 0), (0, 6)):
        assert difference(ImageChops.offset(seen, *shift), expected) > limit(EXPLORERS[number])
    style = exact_page.add_style_tag(content=".live-figure-lines { translate: 0 3px; }")
    shifted = open_picture(explorer.screenshot())
    style.evaluate("element => element.remove()")
    assert difference(shifted, expected) > limit(EXPLORERS[number])


def test_other_windows_scale_the_picture_and_narrow_ones_stack_its_panels(page):
    for width, height, is_narrow in ((1024, 768, True), (800, 768, True), (2560, 1300, False)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(500)
        for number in range(len(EXPLORERS)):
            explorer = lab.Explorer(page, number)
            box, picture = explorer.box.bounding_box(), explorer.picture.bounding_box()
            assert picture["x"] + picture["width"] <= box["x"] + box["width"] + 1 <= width
            assert (picture["width"] < picture["height"]) == is_narrow
            own_width, own_height = (
                float(side) for side in explorer.picture.get_attribute("viewBox").split()[2:]
            )
            assert (own_width == 420) == is_narrow
            assert picture["width"] / picture["height"] == pytest.approx(own_width / own_height, rel=0.01)
    page.set_viewport_size(lab.SCREEN)
    assert page.complaints == []


def run_in_the_last_cell(page, code):
    """Type it there and run it, without waiting for its end."""
    page.locator(".jp-CodeCell").last.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(code)
    page.keyboard.press("Control+Enter")


def test_python_reads_the_sliders_and_moves_them(page):
    explorer = lab.Explorer(page, EXPLORERS.index("descent"))
    explorer.press("End")
    value = float(explorer.box.locator(".live-figure-slider > b").first.inner_text())
    run_in_the_last_cell(page, "print('alive', *live.values)")
    page.locator(".jp-OutputArea-output", has_text=f"alive {value:g}").wait_for(timeout=10_000)
    run_in_the_last_cell(page, "live.stops = (3, 0, 0)")
    page.wait_for_function(
        "box => box.querySelector('input').value === '3'", arg=explorer.box.element_handle()
    )
    value = explorer.box.locator(".live-figure-slider > b").first.inner_text()
    assert explorer.stops() == [3, 0, 0] and f"learning rate α = {value} " in explorer.sentence()


def test_the_kernels_late_echo_moves_nothing_back(page):
    # The kernel is busy while the hand rests, and answers when it has moved on.
    explorer = lab.Explorer(page, EXPLORERS.index("descent"))
    explorer.press("Home")
    run_in_the_last_cell(page, "import time; time.sleep(2)")
    page.wait_for_timeout(300)
    explorer.sliders.first.scroll_into_view_if_needed()
    lab.watch_stops(explorer.sliders.first)
    drag = explorer.take(0)
    drag(0.3)
    page.wait_for_timeout(400)  # the hand rests, and its stop is sent
    for k in range(30, 101):
        drag(k / 100, steps=1)
        page.wait_for_timeout(40)
    page.mouse.up()
    lab.wait_until_idle(page)
    page.wait_for_timeout(300)
    seen = page.evaluate("window.stops")
    assert seen == sorted(seen) and seen[-1] == explorer.last(0) == explorer.stops()[0]
    run_in_the_last_cell(page, "print('alive at', live.stops)")
    page.locator(".jp-OutputArea-output", has_text=f"alive at ({seen[-1]}, ").wait_for(timeout=10_000)


def test_stops_of_two_sliders_are_combined(page):
    explorer = lab.Explorer(page, 0)
    explorer.button("Reset").click()
    seen = set()
    for first, second in itertools.product(("Home", "End"), repeat=2):
        explorer.press(first, slider=0)
        explorer.press(second, slider=1)
        seen.add(tuple(explorer.drawn()))
    assert len(seen) == 4


@pytest.mark.parametrize("axes", [0, 1])
def test_the_path_is_dragged_by_its_line(page, axes):
    explorer = lab.Explorer(page, EXPLORERS.index("path"))
    explorer.button("Reset").click()
    area = explorer.box.locator(".live-figure-pick").nth(axes)
    assert area.evaluate("area => getComputedStyle(area).cursor") == "ew-resize"
    box = area.bounding_box()
    y, other = box["y"] + box["height"] / 2, explorer.stops()[1]
    seen = []
    page.mouse.move(box["x"] + 0.5 * box["width"], y)
    page.mouse.down()
    for share in (0.5, 0.7, 0.9, 1.5, 0.2, -1):
        page.mouse.move(box["x"] + share * box["width"], y)
        seen.append(explorer.stops()[0])
    page.mouse.up()
    assert seen[0] < seen[1] < seen[2] < seen[3] == explorer.last(0) and seen[4] < seen[0] and seen[5] == 0
    assert explorer.has_focus() and explorer.stops() == [0, other]


@pytest.fixture(scope="module")
def stopped_page(page):
    """The page's last part: saved, and the kernel shut down."""
    lab.save(page)
    lab.menu(page, "Kernel", "Shut Down Kernel")
    page.wait_for_function("() => !jupyterapp.shell.currentWidget.sessionContext.session?.kernel")
    return page


def plays_through(explorer):
    """Whether the run plays from its start to its end, forwards, and the curves and weights with it."""
    explorer.button("Reset").click()
    at_rest, place = explorer.drawn(), explorer.picture.bounding_box()
    lab.watch_stops(explorer.sliders.nth(2))
    explorer.button("Play").click()
    explorer.settle()
    assert explorer.picture.bounding_box() == place  # ▶ Play becomes ❚❚ Pause, and nothing jumps
    explorer.page.wait_for_function(
        "last => stops.length > 30 && stops.at(-1) === last", arg=explorer.last(2)
    )
    seen = explorer.page.evaluate("stops.slice(stops.indexOf(0))")
    assert seen == sorted(seen) and len(set(seen)) > 0.6 * explorer.last(2)
    assert explorer.drawn() == at_rest and explorer.button("Play").count() == 1
    return True


def test_the_iterations_play_to_their_end(page):
    explorer = lab.Explorer(page, EXPLORERS.index("learning-curves"))
    assert plays_through(explorer)
    explorer.press("Home", slider=2)
    start = explorer.drawn()
    explorer.press("End", slider=1)
    assert "running" in explorer.sentence() and "0.881" not in explorer.sentence()
    curves = [d for one, d in zip(start, explorer.drawn()) if one == d]
    assert len(curves) >= len(start) - 1  # every α begins at the common start; only the minimiser stays, too


def test_controls_readouts_and_picture_are_on_screen_together(page):
    # With the file list open, at 1366 × 768, from the top of the first slider to the foot of the picture.
    explorer = lab.Explorer(page, EXPLORERS.index("learning-curves"))
    book = page.locator(".jp-WindowedPanel-outer").bounding_box()
    box, picture = explorer.box.bounding_box(), explorer.picture.bounding_box()
    assert box["height"] <= book["height"]
    assert picture["width"] / 928 * 20.8 >= 20  # px of type: 15 points at 100 to the inch, scaled
    page.evaluate("jupyterapp.shell.collapseLeft()")
    page.wait_for_timeout(500)
    wider = explorer.picture.bounding_box()
    assert wider["width"] > 1.08 * picture["width"]
    assert explorer.box.bounding_box()["height"] <= book["height"]
    page.evaluate("jupyterapp.shell.expandLeft()")


def test_without_a_kernel_the_sliders_still_move_the_lines(stopped_page):
    for number in range(len(EXPLORERS)):
        explorer = lab.Explorer(stopped_page, number)
        explorer.button("Reset").click()
        for slider in range(explorer.sliders.count()):
            explorer.press("Home", slider=slider)
            before = explorer.sentence(), explorer.drawn()
            explorer.press("ArrowRight", "ArrowRight", slider=slider)
            assert explorer.sentence() != before[0] and explorer.drawn() != before[1]
    assert plays_through(lab.Explorer(stopped_page, EXPLORERS.index("learning-curves")))
    assert stopped_page.complaints == []


def test_saved_and_reopened_without_its_kernel_it_shows_the_snapshots(stopped_page, address):
    lab.open_notebook(stopped_page, address, "explorers.ipynb")
    cells = stopped_page.locator(".jp-CodeCell", has_text="explore_")
    assert cells.count() == len(EXPLORERS)
    for cell in cells.all():
        cell.scroll_into_view_if_needed()
        cell.locator(".jp-RenderedImage img").wait_for()
