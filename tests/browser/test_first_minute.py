"""The first minute with the series in JupyterLab: opened, read, closed untouched; the first explorer."""

import shutil

import nbformat
import pytest

import lab
from conftest import new_page
from reading import is_folded, kernel_metadata, placeholder

ALL = [path.name for path in sorted(lab.NOTEBOOKS.glob("*.ipynb"))]
BEGIN_WITH_AN_EXPLORER = ["00_start_here.ipynb", "04_autograd_lasso.ipynb"]
IS_MARKED = "jupyterapp.shell.currentWidget.context.model.dirty"
OPEN_PATHS = "[...jupyterapp.shell.widgets('main')].map(panel => panel.context?.path)"


@pytest.fixture(scope="module")
def series(root):
    """The series as on a machine with this Python -> its folder, as JupyterLab names it."""
    own_metadata = kernel_metadata()
    shutil.copytree(lab.NOTEBOOKS, root / "series")
    for name in ALL:
        notebook = nbformat.read(root / "series" / name, as_version=4)
        notebook.metadata = nbformat.from_dict(own_metadata)
        nbformat.write(notebook, root / "series" / name)
    return "series"


@pytest.mark.parametrize("name", ALL)
def test_opened_it_shows_no_answer_and_closed_untouched_it_asks_nothing(lab_page, series, name):
    page = lab_page
    lab.open_next(page, f"{series}/{name}")
    folded = filter(is_folded, nbformat.read(lab.NOTEBOOKS / name, as_version=4).cells)
    lines = page.locator(".jp-OutputPlaceholder .jp-Placeholder-content").all_inner_texts()
    assert [line.strip() for line in lines] == [placeholder(cell) for cell in folded]
    assert page.locator("details").count() >= 4 and page.locator("details[open]").count() == 0
    page.wait_for_timeout(500)
    assert not page.evaluate(IS_MARKED)
    page.locator(".lm-TabBar-tab.jp-mod-current .lm-TabBar-tabCloseIcon").click()
    page.wait_for_function(f"path => !{OPEN_PATHS}.includes(path)", arg=f"{series}/{name}")
    assert page.locator(".jp-Dialog").count() == 0


def test_of_another_python_version_it_is_marked_as_00_says(lab_page, root, series):
    notebook = nbformat.read(root / series / ALL[0], as_version=4)
    notebook.metadata.language_info.version += "9"
    nbformat.write(notebook, root / "elsewhere.ipynb")
    lab.open_next(lab_page, "elsewhere.ipynb")
    lab_page.wait_for_function(IS_MARKED)
    assert any("(●)" in cell.source for cell in notebook.cells)


@pytest.mark.parametrize("name", BEGIN_WITH_AN_EXPLORER)
def test_the_first_screen_has_the_explorer_and_shift_enter_brings_its_slider(lab_page, series, name):
    page = lab_page
    lab.open_next(page, f"{series}/{name}")
    picture = page.locator(".jp-RenderedImage img").first.bounding_box()
    assert picture["y"] + picture["height"] <= lab.SCREEN["height"]
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Shift+Enter")  # the title
    page.keyboard.press("Shift+Enter")
    slider = page.locator(".live-figure input[type=range]").first
    slider.wait_for()
    assert 0 < slider.bounding_box()["y"] < lab.SCREEN["height"] / 2


def test_run_all_opens_outputs_and_not_what_happened_and_control_home_leads_back(lab_page, series):
    page = lab_page
    lab.open_next(page, f"{series}/{ALL[0]}")
    lab.run_all(page)
    assert page.locator(".jp-OutputPlaceholder:visible").count() == 0
    happened = page.locator("details", has_text="What happened")
    assert happened.count() >= 1 and page.locator("details[open]").count() == 0
    title = page.locator(".jp-Notebook h1").first
    assert title.bounding_box()["y"] < 0
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Home")
    page.wait_for_function("() => document.querySelector('.jp-Notebook h1').getBoundingClientRect().y > 0")


def test_the_road_is_seen_and_a_station_opens_its_notebook(browser, address, series):
    page = new_page(browser)
    lab.open_notebook(page, address, f"{series}/{ALL[0]}")
    stations = page.locator("a img[alt]")
    widths = stations.evaluate_all(
        "images => Promise.all(images.map(i => i.decode().then(() => i.naturalWidth)))"
    )
    assert len(widths) == 8 and min(widths) > 0
    stations.nth(4).click()
    page.wait_for_function(f"path => {OPEN_PATHS}.includes(path)", arg=f"{series}/{ALL[4]}")
    page.close()
