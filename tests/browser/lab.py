"""A JupyterLab of our own and a Chromium that drives it, for the browser tests and the benchmarks."""

import base64
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
        self.sliders = self.box.locator("input[type=range]")
        self.picture = self.box.locator(".live-figure-picture")
        self.readouts = self.box.locator(".live-figure-readouts")
        self.box.scroll_into_view_if_needed()

    def sentence(self):
        """All that is said at this stop."""
        return self.picture.get_attribute("aria-label")

    def drawn(self, kind="lines"):
        """The path data of the lines; of the ghost, if it is there."""
        paths = self.box.locator(f".live-figure-{kind} path:visible")
        return paths.evaluate_all("paths => paths.map(p => p.getAttribute('d'))")

    def stops(self):
        """Where the sliders stand."""
        return [int(slider.input_value()) for slider in self.sliders.all()]

    def last(self, slider):
        return int(self.sliders.nth(slider).get_attribute("max"))

    def has_focus(self):
        """Whether keys act here, and a frame shows it."""
        return self.box.evaluate(
            "box => box.contains(document.activeElement) && getComputedStyle(box).outlineStyle !== 'none'"
        )

    def press(self, *keys, slider=0):
        self.sliders.nth(slider).focus()
        for key in keys:
            self.page.keyboard.press(key)
        self.settle()

    def track(self, slider):
        """x of a slider's first and last stop, and its y: the middle of its handle is 8 px off the ends."""
        box = self.sliders.nth(slider).bounding_box()
        return box["x"] + 8, box["x"] + box["width"] - 8, box["y"] + box["height"] / 2

    def click_slider(self, slider, share):
        """Click the slider's track at a share of its length."""
        left, right, y = self.track(slider)
        self.page.mouse.click(left + share * (right - left), y)
        self.settle()

    def take(self, slider):
        """Press the mouse on the handle -> move(share), which drags it there."""
        left, right, y = self.track(slider)
        at = lambda share: left + share * (right - left)
        self.page.mouse.move(at(self.stops()[slider] / max(self.last(slider), 1)), y)
        self.page.mouse.down()
        return lambda share, steps=5: self.page.mouse.move(at(share), y, steps=steps)

    def drag_slider(self, slider, end, steps=5):
        """Drag the handle from where it stands to a share of the track."""
        self.take(slider)(end, steps)
        self.page.mouse.up()
        self.settle()

    def button(self, name):
        return self.box.locator("button", has_text=name)

    def presets(self):
        return self.box.locator(".live-figure-presets button")

    def screenshot(self):
        """The picture alone at double resolution, moved to a whole pixel first, as the bytes of a PNG."""
        self.picture.scroll_into_view_if_needed()
        self.picture.evaluate("""picture => {
            picture.style.translate = "none";
            const { x, y } = picture.getBoundingClientRect();
            picture.style.translate = `${Math.round(x) - x}px ${Math.round(y) - y}px`;
        }""")
        clip = {side: round(length) for side, length in self.picture.bounding_box().items()}
        session = self.page.context.new_cdp_session(self.page)
        taken = session.send("Page.captureScreenshot", {"format": "png", "clip": clip | {"scale": 2}})
        session.detach()
        return base64.b64decode(taken["data"])

    def settle(self):
        """Wait for two animation frames."""
        self.page.evaluate("() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")


def watch_stops(slider):
    """From now on the page's `stops` gets the slider's stop at every animation frame."""
    slider.evaluate("""slider => {
        const seen = window.stops = [];
        const look = () => {
            seen.push(Number(slider.value));
            if (stops === seen) requestAnimationFrame(look); // until the next watch begins
        };
        look();
    }""")


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
