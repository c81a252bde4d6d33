"""Two of the explorers in Notebook 7, whose shortcuts would take the arrow keys from a slider."""

import pytest

import lab
from conftest import COPIES, assert_keys_stay_in_the_explorer, run_explorers

each_explorer = pytest.mark.parametrize("number", range(len(COPIES["seven"])), ids=COPIES["seven"])


@pytest.fixture(scope="module")
def page(browser, root):
    with lab.jupyter_lab(root, "notebook") as address:
        page = run_explorers(browser, address, "seven", "notebook")
        yield page
        page.close()


@each_explorer
def test_every_slider_moves_by_arrow_keys_and_by_mouse(explorer):
    for slider in range(explorer.sliders.count()):
        explorer.press("Home", slider=slider)
        before = explorer.sentence(), explorer.drawn()
        explorer.press("ArrowRight", "ArrowUp", slider=slider)
        assert explorer.stops()[slider] == 2
        assert explorer.sentence() != before[0] and explorer.drawn() != before[1]
        explorer.drag_slider(slider, 1)
        assert explorer.stops()[slider] == explorer.last(slider)


@each_explorer
def test_presets_by_key(explorer):
    explorer.press("End")
    explorer.page.keyboard.press("2")
    explorer.settle()
    by_key = explorer.stops(), explorer.sentence()
    explorer.press("End")
    explorer.presets().nth(1).click()
    explorer.settle()
    assert (explorer.stops(), explorer.sentence()) == by_key


@each_explorer
def test_it_fits_the_screen(explorer):
    box = explorer.box.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 1366 and box["height"] <= 768


def test_keys_do_not_reach_the_notebook(page):
    assert_keys_stay_in_the_explorer(page)
