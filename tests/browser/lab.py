"""A JupyterLab of our own and a Chromium that drives it, for the browser tests and the benchmarks."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium")
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
SCREEN = {"width": 1366, "height": 768}
NO_NEWS = {"apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False}}
SETTINGS = NO_NEWS | {  # every cell on the page, also those far from the screen
    "notebook-extension/tracker": {"windowingMode": "none"},
}

READY = """async () => {
    const panel = window.jupyterapp?.shell.currentWidget;
    await panel?.context?.ready;
    await panel?.sessionContext?.ready;
    return !!(await panel?.sessionContext?.session?.kernel?.info);
}"""
PROMPTS = """[...document.querySelectorAll(".jp-Notebook .jp-CodeCell .jp-InputArea-prompt")]
    .map(prompt => prompt.textContent)"""


@contextlib.contextmanager
def jupyter_lab(root, app="lab", port=None, settings=SETTINGS):
    """A server on the folder `root` -> its address with the token left out.

    app: "lab" for JupyterLab, "notebook" for Notebook 7. port: a free one unless given. settings: NO_NEWS for
    JupyterLab's own windowing mode.
    """
    folder = root / ".settings"
    for name, content in settings.items():
        path = folder / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content))
    port = port or free_port()
    command = [
        sys.executable,
        "-m",
        "jupyter",
        app,
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={root}",
        "--IdentityProvider.token=",
        f"--{'LabApp' if app == 'lab' else 'JupyterNotebookApp'}.expose_app_in_browser=True",  # for READY
    ]
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(folder),
        "OMP_NUM_THREADS": "1",
        "JUPYTERLAB_WORKSPACES_DIR": str(root / ".workspaces"),
        "JUPYTER_PLATFORM_DIRS": "1",
    }
    with open(root / ".server.log", "w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address + "/api", root / ".server.log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


@contextlib.contextmanager
def chromium():
    """A headless Chromium -> Playwright's browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
            ],
        )
        try:
            yield browser
        finally:
            browser.close()


def open_notebook(page, address, path, app="lab"):
    """Open a notebook, in JupyterLab in a clean workspace; wait until its cells stand and its kernel answers.

    What is run before may be dropped without a word, or miss its widgets' first messages.
    """
    workspace = f"lab/workspaces/test{time.time_ns()}/tree/{path}?reset"
    page.goto(f"{address}/{workspace if app == 'lab' else f'notebooks/{path}'}")
    _wait_until_open(page)


def open_next(page, path):
    """Close the notebook of a page of JupyterLab with its kernel, unsaved, and open another one in its place.

    It takes a second and a half; JupyterLab itself takes five to load.
    """
    page.evaluate(
        """async path => {
            const panel = jupyterapp.shell.currentWidget;
            if (panel?.sessionContext) {
                await panel.sessionContext.shutdown();
                panel.context.model.dirty = false;
                panel.close();
            }
            await jupyterapp.commands.execute("docmanager:open", { path });
        }""",
        path,
    )
    _wait_until_open(page)


class Explorer:
    """One explorer on a page: its sliders, its buttons, what it says and draws."""

    def __init__(self, page, number):
        self.page = page
        self.box = page.locator(".live-figure").nth(number)
        self.handles = self.box.locator(".noUi-handle")
        self.picture = self.box.locator(".live-figure-picture")
        self.box.scroll_into_view_if_needed()

    def status(self):
        return self.box.locator(".live-figure-status").inner_text()

    def drawn(self):
        """The lines' path data."""
        return self.box.locator(".live-figure-lines path").evaluate_all(
            "paths => paths.map(p => p.getAttribute('d'))"
        )

    def indices(self):
        """Where the sliders stand."""
        return [round(float(handle.get_attribute("aria-valuenow"))) for handle in self.handles.all()]

    def press(self, *keys, slider=0):
        self.handles.nth(slider).focus()
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    def click_slider(self, slider, share):
        """Click the slider's track at a share of its length."""
        track = self.box.locator(".noUi-target").nth(slider).bounding_box()
        self.page.mouse.click(track["x"] + share * track["width"], track["y"] + track["height"] / 2)
        self.settle()

    def drag_slider(self, slider, end, steps=5):
        """Drag the handle from where it stands to a share of the track, without letting go."""
        track = self.box.locator(".noUi-target").nth(slider).bounding_box()
        handle = self.handles.nth(slider).bounding_box()
        y = track["y"] + track["height"] / 2
        self.page.mouse.move(handle["x"] + handle["width"] / 2, y)
        self.page.mouse.down()
        self.page.mouse.move(track["x"] + end * track["width"], y, steps=steps)
        self.page.mouse.up()
        self.settle()

    def button(self, name):
        return self.box.locator(".live-figure-buttons button", has_text=name)

    def screenshot(self):
        """The picture alone, moved to a whole pixel first, as the bytes of a PNG."""
        self.picture.evaluate("""picture => {
            picture.style.margin = "0";
            const { x, y } = picture.getBoundingClientRect();
            picture.style.margin = `${Math.ceil(y) - y}px 0 0 ${Math.ceil(x) - x}px`;
        }""")
        return self.picture.screenshot()

    def settle(self):
        """Wait for two animation frames."""
        self.page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")


def run_all(page):
    """Run > Run All Cells, and wait until each has run and the kernel rests."""
    menu(page, "Run", "Run All Cells")
    page.wait_for_function(f"({PROMPTS}).some(prompt => prompt.includes('*'))")
    page.wait_for_function(rf"({PROMPTS}).every(prompt => /\d/.test(prompt))", timeout=120_000)
    wait_until_idle(page)


def _wait_until_open(page):
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_function(READY, timeout=90_000)
    wait_until_idle(page)


def wait_until_idle(page):
    page.wait_for_selector(
        '.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=90_000, state="attached"
    )


def save(page):
    page.keyboard.press("Control+s")
    page.wait_for_function("() => !window.jupyterapp.shell.currentWidget.context.model.dirty")


def menu(page, name, entry):
    """Choose `entry` in the menu `name`."""
    page.click(f'.lm-MenuBar-item >> text="{name}"')
    page.click(f'.lm-Menu-item >> text="{entry}"')


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(url, log):
    for _ in range(240):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url).close()
            return
        time.sleep(0.25)
    raise RuntimeError(f"JupyterLab did not answer in 60 s: {log.read_text()[-2000:]}")
