"""What may break in a lecture: a kernel dies, the server goes, a second tab, a run that is stopped half-way
or run again, an explorer that is scrolled far out of sight.
"""

import contextlib
import json
import subprocess
import types
import urllib.request

import nbformat
import pytest

import lab
from conftest import hear_complaints, new_page, write_notebook

CELLS = [
    "import lasso_helpers\ndata = lasso_helpers.load_prostate()",
    "lasso_helpers.explore_learning_curves(data)",
]
TRAINING = """import torch
lasso_helpers.train(lasso_helpers.LassoRegression(8, lambda_coef=1), data, num_iterations=1, lr=0.01)
print("under way")  # interrupted in its first step, torch would stay half imported
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
    page.locator(".live-figure-picture").wait_for(timeout=30_000)
    explorer = lab.Explorer(page, 0)
    explorer.press("Home")
    before = explorer.sentence(), explorer.drawn()
    explorer.press("End")
    assert explorer.stops()[0] == 40 and explorer.sentence() != before[0] and explorer.drawn() != before[1]


def test_a_kernel_that_dies_in_mid_drag_takes_nothing_from_the_hand(lab_page, address, notebook):
    page = lab_page
    lab.open_next(page, notebook)
    lab.run_all(page)
    explorer = lab.Explorer(page, 0)
    explorer.press("Home")
    drag = explorer.take(0)
    drag(0.4, steps=10)
    kill_kernel_of(address, notebook)
    for stop in range(20, 41, 4):  # the server notices in the meantime, and says so
        drag(stop / 40, steps=4)
        page.wait_for_timeout(500)
        assert explorer.stops()[0] == stop and f"λ = {stop / 20:g} " in explorer.sentence()
    page.mouse.up()
    page.locator(".jp-Dialog", has_text="Kernel Restarting").get_by_role("button").last.click()
    assert_lives(page)
    lab.run_all(page)
    assert_lives(page)


def kill_kernel_of(address, notebook):
    sessions = json.load(urllib.request.urlopen(address + "/api/sessions"))
    (kernel,) = [session["kernel"]["id"] for session in sessions if session["path"] == notebook]
    subprocess.run(["pkill", "-9", "-f", f"kernel-{kernel}.json"], check=True)


def test_two_tabs_on_one_notebook(lab_page, address, notebook):
    # They share the kernel. The tab that ran last has the slider; the other one shows its picture.
    tabs = [lab_page, hear_complaints(lab_page.context.new_page())]
    lab.open_next(lab_page, notebook)
    lab.open_notebook(tabs[1], address, notebook)
    for tab, other in (tabs, tabs[::-1]):
        tab.bring_to_front()
        lab.run_all(tab)
        assert_lives(tab)
        assert other.locator(".live-figure-picture").count() == 0
    other.bring_to_front()
    assert other.locator(".jp-RenderedImage img").is_visible()
    assert [tab.complaints for tab in tabs] == [[], []]
    tabs[1].close()


def test_training_that_is_interrupted_and_run_again(lab_page, root):
    write(root, "interrupted.ipynb", [CELLS[0], TRAINING, CELLS[1]])
    page = lab_page
    lab.open_next(page, "interrupted.ipynb")
    lab.menu(page, "Run", "Run All Cells")
    page.locator(".jp-OutputArea-output", has_text="under way").wait_for()
    page.wait_for_timeout(300)
    lab.menu(page, "Kernel", "Interrupt Kernel")
    page.locator(".jp-RenderedText", has_text="KeyboardInterrupt").wait_for()
    lab.wait_until_idle(page)
    assert page.locator(".live-figure-picture").count() == 0
    lab.run_all(page)
    assert page.locator(".jp-OutputArea-output", has_text="ends at 0.944").count() == 1
    assert_lives(page)


@pytest.fixture(scope="module")
def own(browser, tmp_path_factory):
    """A server of this file's own in JupyterLab's own windowing mode, and on its page the main explorer, run,
    above many screens of text.
    """
    folder, port, page = tmp_path_factory.mktemp("own"), lab.free_port(), new_page(browser)
    own = types.SimpleNamespace(page=page)
    own.serve = lambda: lab.jupyter_lab(folder, port=port, settings=lab.NO_NEWS)
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    text = [nbformat.v4.new_markdown_cell("A paragraph.\n\n" * 20) for _ in range(30)]
    write_notebook(folder / "notebook.ipynb", cells + text)
    with contextlib.ExitStack() as own.server:
        lab.open_notebook(page, own.server.enter_context(own.serve()), "notebook.ipynb")
        lab.run_all(page)
        yield own
    page.close()


def test_scrolled_far_out_of_sight_and_back_stop_pin_and_cover_are_kept(own):
    page = own.page
    explorer = lab.Explorer(page, 0)
    explorer.button("Reset").click()
    explorer.press("Home")
    explorer.press("Home", slider=1)
    explorer.press("ArrowRight", "ArrowRight", "p", "c")
    explorer.press("End", slider=1)
    all_paths = "paths => paths.map(p => p.getAttribute('d'))"
    parts = [explorer.box.locator(f".live-figure-{kind} path") for kind in ("ghost", "lines")]
    state = lambda: (explorer.stops(), *(part.evaluate_all(all_paths) for part in parts))
    before = state()
    assert before[0][0] == 2 and before[1] != before[2]

    scroll(page, 1)
    page.locator(".jp-MarkdownCell").last.click()  # what has the focus is never hidden
    page.wait_for_function(f"() => !({IN_SIGHT})()")
    scroll(page, -1)
    page.wait_for_function(IN_SIGHT)
    explorer.settle()
    assert state() == before
    for name in ("Pin", "Cover"):
        assert explorer.button(name).get_attribute("aria-pressed") == "true"
    explorer.press("r")
    assert explorer.drawn("ghost") == []
    assert explorer.button("Cover").get_attribute("aria-pressed") == "false"
    assert_lives(page)
    assert page.complaints == []


IN_SIGHT = """() => {
    const picture = document.querySelector(".live-figure-picture");
    return !!picture?.checkVisibility({ contentVisibilityAuto: true });
}"""


def scroll(page, way):
    """By the wheel to an end of the notebook."""
    page.mouse.move(700, 400)
    for _ in range(4):
        page.mouse.wheel(0, way * 20_000)
        page.wait_for_timeout(150)


def test_a_server_that_stops_and_starts_again(own):
    page = own.page
    lab.Explorer(page, 0).button("Reset").click()
    lab.save(page)
    own.server.close()
    page.evaluate(
        "() => { jupyterapp.serviceManager.sessions.refreshRunning().catch(() => 0); }"
    )  # else in 10 s
    says_so = page.locator(".jp-Dialog", has_text="Server Connection Error")
    says_so.get_by_role("checkbox").check()  # it would come again
    says_so.get_by_role("button", name="Close").click()
    assert_lives(page)  # without a server
    lab.open_notebook(page, own.server.enter_context(own.serve()), "notebook.ipynb")
    page.locator(".jp-RenderedImage img").wait_for()
    lab.run_all(page)
    assert_lives(page)
    assert page.complaints == []
