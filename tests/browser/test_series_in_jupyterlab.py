"""The series itself in a real JupyterLab and a real Chromium: opened, run, converted."""

import re
import shutil

import nbformat
import pytest
from nbconvert import HTMLExporter

import lab
from conftest import new_page
from test_notebooks import with_solutions

CALL = re.compile(r"explore_\w+\(")  # a cell that makes an explorer
SNAPSHOT = ".jp-OutputArea-child + .jp-OutputArea-child .jp-RenderedImage img"  # the picture after a widget
RUN = ["00_start_here.ipynb", "04_autograd_lasso.ipynb"]  # nbval runs all of them
SAVED = [path.name for path in sorted(lab.NOTEBOOKS.glob("*.ipynb")) if CALL.search(path.read_text())]


@pytest.mark.parametrize("name", SAVED)
def test_opened_every_explorer_shows_a_picture(lab_page, root, name):
    page = lab_page
    shutil.copy(lab.NOTEBOOKS / name, root)
    lab.open_next(page, name)
    expected = (lab.NOTEBOOKS / name).read_text().count("vnd.jupyter.widget-view+json")
    pictures = page.locator(SNAPSHOT)
    pictures.last.wait_for(state="attached")
    assert pictures.count() == expected >= 1
    for width in (800, 1366):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_timeout(200)
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            assert 300 < picture.bounding_box()["width"] <= width


@pytest.mark.parametrize("name", RUN)
def test_run_with_all_solutions_it_lives(lab_page, root, name):
    page = lab_page
    notebook, checks = with_solutions(lab.NOTEBOOKS / name)
    nbformat.write(notebook, root / f"solved_{name}")
    lab.open_next(page, f"solved_{name}")
    expected = (lab.NOTEBOOKS / name).read_text().count("vnd.jupyter.widget-view+json")
    lab.run_all(page)
    assert page.locator(".live-figure-picture").count() == expected
    for kind in ("stderr", "error"):
        assert page.locator(f".jp-RenderedText[data-mime-type='application/vnd.jupyter.{kind}']").count() == 0
    cells = page.locator(".jp-Notebook .jp-Cell")
    assert cells.count() == len(notebook.cells)
    for exercise, position in checks.items():
        says = cells.nth(position).locator(".jp-OutputArea-output").inner_text()
        assert says.startswith("✓ right") and exercise in says
    for number in range(expected):
        explorer = lab.Explorer(page, number)
        for slider in range(explorer.sliders.count()):
            before = explorer.drawn()
            explorer.press("End" if explorer.stops()[slider] == 0 else "Home", slider=slider)
            assert explorer.drawn() != before


def test_converted_with_nbconvert_it_shows_the_snapshots(browser, tmp_path):
    for path in map(lab.NOTEBOOKS.joinpath, RUN):
        html, _ = HTMLExporter().from_filename(path)
        (tmp_path / f"{path.stem}.html").write_text(html)
    page = new_page(browser, width=800)
    for path in sorted(tmp_path.glob("*.html")):
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        pictures = page.locator(".jp-CodeCell", has_text=CALL).locator(".jp-RenderedImage img")
        assert pictures.count() >= 1
        for picture in pictures.all():
            assert 300 < picture.bounding_box()["width"] <= 800
    page.close()


def test_in_04_one_hand_moves_two_explorers_and_interact_draws(lab_page, root):
    page = lab_page
    shutil.copy(lab.NOTEBOOKS / RUN[1], root / "further.ipynb")
    lab.open_next(page, "further.ipynb")
    lab.run_all(page)
    men, patients = (lab.Explorer(page, number) for number in (2, 3))
    men.press("ArrowRight", "ArrowRight")
    patients.settle()
    assert men.stops() == patients.stops() == [2] and men.sentence() != patients.sentence()
    patients.press("End")
    men.settle()
    assert men.stops() == patients.stops() == [men.last(0)]
    plain = page.locator(".widget-interact")
    picture = plain.locator("img")
    before = picture.get_attribute("src")
    plain.locator(".noUi-handle").first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelector('.widget-interact img')?.src !== before", arg=before
    )
    assert plain.locator(".jp-RenderedText").count() == 0  # no exception
