"""LiveFigures in boxes, linked, played, picked and on a narrow page, in a JupyterLab."""

import os
import re
import subprocess
import sys

import nbformat
import pytest

import lab

ONE, TWO, TAB, TOY = range(4)  # the explorers of boxes.ipynb


@pytest.fixture(scope="module")
def page(empty_lab):
    lab.open_next(empty_lab, "boxes.ipynb")
    empty_lab.set_viewport_size(lab.SCREEN)
    lab.run_all(empty_lab)
    empty_lab.locator(".live-figure-picture").nth(TOY).wait_for()
    empty_lab.complaints.clear()
    yield empty_lab
    assert empty_lab.complaints == []


def test_linked_explorers_move_by_one_hand_each_within_its_stops(page):
    one, two = lab.Explorer(page, ONE), lab.Explorer(page, TWO)
    assert one.last(0) == 41 and two.last(0) == 3
    one.press("Home")
    drag = one.take(0)
    for stop in (1, 2, 3, 10, 41, 2):
        drag(stop / 41)
        assert one.stops() == [stop] and two.stops() == [min(stop, 3)]
    page.mouse.up()
    page.wait_for_timeout(500)  # the kernel has heard of it, and moves neither of them
    assert one.stops() == two.stops() == [2]
    one.press("End")
    page.wait_for_timeout(500)
    assert one.stops() == [41] and two.stops() == [3]
    two.press("Home", "ArrowRight")
    assert one.stops() == two.stops() == [1] and "penalty λ = 0.1 " in two.sentence()


def test_in_a_tab_it_lives_and_what_follows_is_shown(page):
    explorer = lab.Explorer(page, TAB)
    explorer.press("Home")
    before = explorer.drawn()
    explorer.press("End")
    assert explorer.drawn() != before
    assert page.locator(".jp-RenderedImage img:visible").count() == 0  # the toy's snapshot is hidden
    assert page.locator(".jp-RenderedImage img").count() == 1


def test_run_again_it_keeps_no_more_alive_and_saved_it_is_the_same_when_nbval_runs_it(page, root):
    alive = page.locator(".jp-OutputArea-output", has_text="alive 4")
    assert alive.count() == 1
    lab.menu(page, "Run", "Run All Cells")
    lab.wait_until_idle(page)
    page.wait_for_timeout(500)
    lab.wait_until_idle(page)
    lab.save(page)
    assert alive.count() == 1
    saved = nbformat.read(root / "boxes.ipynb", as_version=4)
    boxes = {
        cell.id: cell.outputs[0].data["text/plain"] for cell in saved.cells if cell.id in ("linked", "tab")
    }
    assert boxes["linked"].startswith("VBox(children=(penalty λ = 0 · ") and "geometry" not in boxes["tab"]
    assert boxes["tab"].startswith("Tab(children=(penalty λ = 0 · least squares, lcavol = 0.751")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    ran = subprocess.run(
        [*command, str(root / "boxes.ipynb")], cwd=root, env=os.environ, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout


def test_it_plays_to_the_end_pauses_and_starts_again(page):
    toy = lab.Explorer(page, TOY)
    play = toy.button("Play")
    assert toy.stops() == [5, 5, 60]  # nothing plays by itself
    toy.press("ArrowRight", "ArrowRight", slider=1)
    for _ in range(2):
        toy.button("Pin").click()  # a button clicked by the mouse leaves the keys to the slider
    page.keyboard.press("Space")  # from the beginning, as it stands at the end
    page.wait_for_function(
        "input => 3 < input.value && input.value < 40", arg=toy.sliders.nth(2).element_handle()
    )
    page.keyboard.press("Space")
    toy.settle()
    paused = toy.stops()
    assert 3 < paused[2] < 50 and paused[:2] == [5, 7]
    page.wait_for_timeout(200)
    assert toy.stops() == paused
    play.click()
    page.wait_for_function("input => input.value === '60'", arg=toy.sliders.nth(2).element_handle())
    page.wait_for_timeout(200)
    assert toy.stops() == [5, 7, 60] and "Play" in play.inner_text()
    assert toy.sentence() == "a = 0 · b = 2 · t = 60 · end: 2.00"


def test_a_growing_line_has_so_many_points(page):
    toy = lab.Explorer(page, TOY)
    toy.press("Home", slider=2)
    for points in (2, 3):
        toy.press("ArrowRight", slider=2)
        (d,) = toy.drawn()
        assert len(re.findall("[ML]", d)) == points


def test_a_map_is_picked_in_both_directions(page):
    toy = lab.Explorer(page, TOY)
    box = toy.box.locator(".live-figure-pick").bounding_box()
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.1 * box["height"])
    toy.settle()
    assert toy.stops()[2] == 30 and toy.stops()[0] == 9  # t = 30, a = 4


def test_a_narrow_page_gets_the_narrow_twin(page):
    toy = lab.Explorer(page, TOY)
    toy.press("Home", "p", slider=1)
    sizes = []
    for width in (1366, 700, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_timeout(500)
        sizes.append(toy.picture.get_attribute("viewBox"))
        assert len(toy.drawn()) == len(toy.drawn("ghost")) == 1
        box, picture = toy.box.bounding_box(), toy.picture.bounding_box()
        assert picture["x"] + picture["width"] <= box["x"] + box["width"] + 1 <= width
    assert sizes == ["0 0 900 300", "0 0 400 300", "0 0 900 300"]
    page.set_viewport_size(lab.SCREEN)
