"""What breaks in a lecture: a kernel dies, the server goes, a second tab, a run that is stopped half-way."""

import json
import subprocess
import urllib.request

import lab
import nbformat
import pytest

from conftest import hear_complaints, new_page, write_notebook

CELLS = [
    "import lasso_helpers\ndata = lasso_helpers.load_prostate()",
    "lasso_helpers.explore_learning_curves(data)",
]
TRAINING = """import torch
torch.manual_seed(0)
model = lasso_helpers.LassoRegression(8, lambda_coef=1)
num_iterations = 250 if "stopped" in globals() else 10**8
stopped = True
curve = lasso_helpers.train(model, data, num_iterations=num_iterations, lr=0.01)
print(f"ends at {curve.train_rmse[-1]:.3f}")"""


def write(folder, name, cells):
    write_notebook(folder / name, [nbformat.v4.new_code_cell(cell) for cell in cells])


@pytest.fixture
def notebook(root, request):
    """A notebook of the test's own with the main explorer -> its name."""
    name = f"{request.node.name}.ipynb"
    write(root, name, CELLS)
    return name


def assert_lives(page):
    """The one explorer is there, and its slider moves the lines."""
    page.locator(".live-figure-overlay").wait_for(timeout=30_000)
    explorer = lab.Explorer(page, 0)
    explorer.press("Home")
    before = explorer.status(), explorer.drawn()
    explorer.press("End")
    assert explorer.indices()[0] == 40 and explorer.status() != before[0] and explorer.drawn() != before[1]


def test_a_kernel_that_dies_in_mid_drag_takes_nothing_from_the_hand(browser, address, notebook):
    page = new_page(browser)
    lab.open_notebook(page, address, notebook)
    lab.run_all(page)
    explorer = lab.Explorer(page, 0)
    explorer.press("Home")
    track = explorer.box.locator(".noUi-target").first.bounding_box()
    y = track["y"] + track["height"] / 2
    handle = explorer.handles.first.bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(track["x"] + 0.4 * track["width"], y, steps=10)
    kill_kernel_of(address, notebook)
    for stop in range(20, 41, 4):  # the server notices in the meantime, and says so
        page.mouse.move(track["x"] + stop / 40 * track["width"], y, steps=4)
        page.wait_for_timeout(500)
        assert explorer.indices()[0] == stop and f"λ = {stop / 20:g} " in explorer.status()
    page.mouse.up()
    page.locator(".jp-Dialog", has_text="Kernel Restarting").get_by_role("button").last.click()
    assert_lives(page)
    lab.run_all(page)
    assert_lives(page)
    assert page.complaints == []
    page.close()


def kill_kernel_of(address, notebook):
    sessions = json.load(urllib.request.urlopen(address + "/api/sessions"))
    (kernel,) = [session["kernel"]["id"] for session in sessions if session["path"] == notebook]
    subprocess.run(["pkill", "-9", "-f", f"kernel-{kernel}.json"], check=True)


def test_a_server_that_stops_and_starts_again(browser, tmp_path):
    write(tmp_path, "notebook.ipynb", CELLS)
    port, page = lab.free_port(), new_page(browser)
    with lab.jupyter_lab(tmp_path, port=port) as address:
        lab.open_notebook(page, address, "notebook.ipynb")
        lab.run_all(page)
        page.keyboard.press("Control+s")
        page.wait_for_timeout(1500)
    says_so = page.locator(".jp-Dialog", has_text="Server Connection Error")
    says_so.get_by_role("checkbox").check()  # it would come again
    says_so.get_by_role("button", name="Close").click()
    assert_lives(page)  # without a server
    with lab.jupyter_lab(tmp_path, port=port):
        lab.open_notebook(page, address, "notebook.ipynb")
        page.locator(".jp-RenderedImage img").wait_for()
        lab.run_all(page)
        assert_lives(page)
        assert page.complaints == []
    page.close()


def test_two_tabs_on_one_notebook(browser, address, notebook):
    # They share the kernel. The tab that ran last has the slider; the other one shows its picture, and may run again.
    context = browser.new_context(viewport=lab.SCREEN)
    tabs = [hear_complaints(context.new_page()) for _ in range(2)]
    for tab in tabs:
        lab.open_notebook(tab, address, notebook)
    for tab, other in (tabs, tabs[::-1]):
        tab.bring_to_front()
        lab.run_all(tab)
        assert_lives(tab)
        assert other.locator(".live-figure-overlay").count() == 0
    other.bring_to_front()
    assert other.locator(".jp-RenderedImage img").is_visible()
    assert [tab.complaints for tab in tabs] == [[], []]
    context.close()


def test_training_that_is_interrupted_and_run_again(browser, address, root):
    write(root, "interrupted.ipynb", [CELLS[0], TRAINING, CELLS[1]])
    page = new_page(browser)
    lab.open_notebook(page, address, "interrupted.ipynb")
    lab.menu(page, "Run", "Run All Cells")
    page.wait_for_function(f"({lab.PROMPTS})[0].includes('1') && ({lab.PROMPTS})[1].includes('*')")
    page.wait_for_timeout(1500)
    lab.menu(page, "Kernel", "Interrupt Kernel")
    page.locator(".jp-RenderedText", has_text="KeyboardInterrupt").wait_for()
    lab.wait_until_idle(page)
    assert page.locator(".live-figure-overlay").count() == 0
    lab.run_all(page)
    assert page.locator(".jp-OutputArea-output", has_text="ends at 0.944").count() == 1
    assert_lives(page)
    assert page.complaints == []
    page.close()
