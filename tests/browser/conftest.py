import os
import time

import nbformat
import pytest

import lab

NO_CHROMIUM = "no Chromium on this machine: install your system's `chromium` package to run the browser tests"
CELLS = {
    "load": "import ipywidgets\nimport lasso_helpers\ndata = lasso_helpers.load_prostate()",
    "learning-curves": "lasso_helpers.explore_learning_curves(data)",
    "lambda-alone": "lasso_helpers.explore_learning_curves(data, lrs=[0.1])",
    "ridge": "lasso_helpers.explore_ridge(data)",
    "one-weight": "lasso_helpers.explore_one_weight()",
    "geometry": "lasso_helpers.explore_geometry(data, ['lcavol', 'svi'])",
    "zeros": "lasso_helpers.explore_zeros(data)",
    "path": "lasso_helpers.explore_path(data)",
    "sign-patterns": "lasso_helpers.explore_sign_patterns(data)",
    "descent": "live = lasso_helpers.explore_descent(data, ['lcavol', 'svi'])\nlive",
}
EXPLORERS = [name for name in CELLS if name != "load"]
CELLS |= {
    "count": """alive = ipywidgets.widgets.widget._instances.values()
print("alive", sum(isinstance(widget, lasso_helpers.LiveFigure) for widget in alive))""",
    "linked": """one = lasso_helpers.explore_ridge(data)
two = lasso_helpers.explore_ridge(data, [0, 0.1, 1, 10])
link = ipywidgets.jslink((one, "stops"), (two, "stops"))
ipywidgets.VBox([one, two])""",
    "tab": """ipywidgets.Tab([lasso_helpers.explore_geometry(data, ["lcavol", "svi"])], titles=["map"])
# what follows a box is no snapshot of it, and is not hidden""",
    "toy": """import numpy as np
from matplotlib.figure import Figure

figures = Figure(figsize=(9, 3)), Figure(figsize=(4, 3))
lines = [figure.subplots().plot(np.arange(61), np.zeros(61), linewidth=3)[0] for figure in figures]
for line in lines:
    line.axes.set(xlim=(0, 60), ylim=(-5, 5))
a, b, t = np.arange(-5, 6), np.arange(-5, 6), np.arange(61)
height = (a[:, None, None, None] + b[None, :, None, None] * t / 60)
shown = t[None, None] + 1
sliders = {"a": a, "b": b, "t": t}
toy = lasso_helpers.LiveFigure(
    figures[0], sliders, {tuple(lines): (t[None, None, None], height, shown)},
    {"end": [[[f"{i + j * k / 60:.2f}" for k in t] for j in b] for i in a]},
    initial=(5, 5, 60), play="t", pick={tuple(line.axes for line in lines): ("t", "a")}, narrow=figures[1],
)
toy""",
}
COPIES = {
    "explorers": EXPLORERS,
    "seven": ["learning-curves", "descent"],  # one with two sliders, one with one
    "boxes": ["linked", "tab", "toy"],
}


@pytest.fixture(scope="session", autouse=True)
def chromium_is_here():
    if lab.CHROMIUM is None:
        if os.environ.get("REQUIRE_CHROMIUM"):
            pytest.fail(NO_CHROMIUM)
        pytest.skip(NO_CHROMIUM)


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    """A folder with a notebook that holds every explorer, and two of some of them."""
    folder = tmp_path_factory.mktemp("lab")
    for copy, explorers in COPIES.items():
        cells = [nbformat.v4.new_code_cell(CELLS[name], id=name) for name in ("load", *explorers, "count")]
        write_notebook(folder / f"{copy}.ipynb", cells)
    return folder


def write_notebook(path, cells):
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)


@pytest.fixture(scope="session")
def address(root):
    with lab.jupyter_lab(root) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium_is_here):
    with lab.chromium() as browser:
        yield browser


class Complaints(list):
    """Errors of a page, but those JupyterLab and Notebook 7 make by themselves."""

    ITS_OWN = (
        "widget model not found",
        "Could not send widget sync message",
        "Failed to load resource",
        "WebSocket connection",
        "Comm not found",  # a message that was another tab's
        "net::ERR_CONNECTION_REFUSED",
        "Connection lost",
        "Could not restore the debugger state",  # of a kernel that was shut down at once
        "reading 'schema'",  # Notebook 7, with any notebook
    )

    def hear(self, text):
        if not any(own in text for own in self.ITS_OWN):
            self.append(text)


def new_page(browser, width=1366, height=768):
    return hear_complaints(browser.new_page(viewport={"width": width, "height": height}))


def hear_complaints(page):
    page.complaints = Complaints()
    page.on("console", lambda message: message.type == "error" and page.complaints.hear(message.text))
    page.on("pageerror", lambda error: page.complaints.hear(str(error)))
    return page


def run_explorers(browser, address, copy, app="lab", **window):
    """A page with one of the COPIES, all run."""
    page = new_page(browser, **window)
    lab.open_notebook(page, address, f"{copy}.ipynb", app)
    lab.run_all(page)
    page.wait_for_function(
        "n => document.querySelectorAll('.live-figure-picture').length === n",
        arg=len(COPIES[copy]),
        timeout=90_000,
    )
    return page


@pytest.fixture(scope="session")
def empty_lab(browser, address):
    page = hear_complaints(browser.new_context(viewport=lab.SCREEN).new_page())
    page.goto(f"{address}/lab/workspaces/test{time.time_ns()}?reset")
    page.wait_for_function("() => window.jupyterapp?.restored.then(() => true)", timeout=90_000)
    yield page
    page.context.close()


@pytest.fixture
def lab_page(empty_lab):
    """A JupyterLab for lab.open_next: tests open their notebooks in it one after the other."""
    empty_lab.complaints.clear()
    empty_lab.set_viewport_size(lab.SCREEN)
    yield empty_lab
    assert empty_lab.complaints == []


@pytest.fixture(scope="module")
def page(browser, address):
    """The explorers, all run."""
    page = run_explorers(browser, address, "explorers")
    yield page
    page.close()


@pytest.fixture
def explorer(page, number):
    """That explorer of the page, at its start."""
    explorer = lab.Explorer(page, number)
    explorer.button("Reset").click()
    explorer.settle()
    yield explorer
    assert page.complaints == []


CELLS_OF_THE_NOTEBOOK = """[...document.querySelectorAll('.jp-Notebook .jp-Cell')].map(cell => [
    cell.className.match(/jp-(Code|Markdown|Raw)Cell/)[1], cell.querySelector('.cm-content')?.innerText])"""


def assert_keys_stay_in_the_explorer(page):
    """The front end's shortcuts (1 makes a heading, r a Raw cell, c copies the cell) must not run, wherever
    in the explorer a press has been."""
    explorer = lab.Explorer(page, 0)
    before = page.evaluate(CELLS_OF_THE_NOTEBOOK)
    places = explorer.picture, explorer.readouts, explorer.box.locator("span").first, explorer.presets().first
    keys = (*"abcdefghijklmnopqrstuvwxyz0123456789", "Enter", "Delete", "Backspace", "ArrowDown", "ArrowUp")
    for place in places:
        place.click(position={"x": 4, "y": 4})
        assert explorer.has_focus()
        for key in keys:
            page.keyboard.press(key)
    explorer.press("r")
    assert page.evaluate(CELLS_OF_THE_NOTEBOOK) == before and explorer.has_focus()
