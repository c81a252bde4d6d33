"""Key press → painted picture in Chromium: every explorer, and the main one's curves under `interact`.

A key goes to a slider's handle. Painted means: the animation frame in which the picture is first seen
changed has been drawn (a message posted in that frame has come back). The distance is a proxy that holds
every byte between browser and server back for half of it each way.
"""

import asyncio
import contextlib
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/browser"))
import lab

DATA = "import lasso_helpers\ndata = lasso_helpers.load_prostate()\n"
LIVE = {  # the main explorer first
    name: f"{DATA}lasso_helpers.explore_{name}({arguments})"
    for name, arguments in {
        "learning_curves": "data",
        "ridge": "data",
        "one_weight": "",
        "geometry": "data, ['lcavol', 'svi']",
        "descent": "data, ['lcavol', 'svi']",
        "zeros": "data",
        "path": "data",
        "sign_patterns": "data",
    }.items()
}
INTERACT = """\
import ipywidgets, matplotlib.pyplot as plt, numpy as np, torch
import lasso_helpers
data = lasso_helpers.load_prostate()
plt.style.use("lasso_helpers.classroom")
lambda_coefs, lrs = np.linspace(0, 2, 41), lasso_helpers.explorers.LRS
def draw(lambda_coef, lr):
    torch.manual_seed(0)
    curve = lasso_helpers.train(lasso_helpers.LassoRegression(8, lambda_coef), data, lr=lr)
    fig, ax = plt.subplots()
    lasso_helpers.drawing.learning_curves(curve.train_rmse, curve.test_rmse, ax=ax)
    plt.show()
ipywidgets.interact(draw, lambda_coef=ipywidgets.SelectionSlider(options=list(lambda_coefs)),
                    lr=ipywidgets.SelectionSlider(options=list(lrs), value=0.1));"""
PAINTED = dict.fromkeys(LIVE, "document.querySelector('.live-figure-status')?.textContent")
PAINTED["interact"] = "document.querySelector('.widget-interact img')?.src"
WATCH = """(picture) => {
    const look = () => eval(picture);
    window.presses = []; window.changes = 0;
    let seen = look(), pressed = null;
    const drawn = new MessageChannel();
    drawn.port1.onmessage = ({ data }) => window.presses.push(performance.now() - data);
    window.addEventListener('keydown', () => { pressed = performance.now(); }, true);
    const frame = () => {
        const now = look();
        if (now && now !== seen) {
            seen = now; window.changes++;
            if (pressed !== null) {
                drawn.port2.postMessage(pressed); pressed = null;
            }
        }
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}"""


@contextlib.contextmanager
def distance(port, milliseconds):
    """A proxy that holds every byte back for half of `milliseconds` each way -> its port."""
    loop, ready, here = asyncio.new_event_loop(), threading.Event(), []

    async def carry(reader, writer):
        held = asyncio.Queue()

        async def deliver():
            while (item := await held.get())[1]:
                await asyncio.sleep(max(0, item[0] - loop.time()))
                writer.write(item[1])
            writer.close()

        delivery = asyncio.create_task(deliver())
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(65536):
                held.put_nowait((loop.time() + milliseconds / 2000, data))
        held.put_nowait((0, b""))
        await delivery

    async def connect(reader, writer):
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(carry(reader, there_writer), carry(there_reader, writer))

    async def serve():
        async with await asyncio.start_server(connect, "127.0.0.1", 0) as server:
            here.append(server.sockets[0].getsockname()[1])
            ready.set()
            await asyncio.Event().wait()

    def run():
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(serving)
        loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop), return_exceptions=True))

    serving = loop.create_task(serve())
    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        yield here[0]
    finally:
        loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])
        thread.join()


def measure(browser, address, name, presses):
    """Milliseconds from each of so many key presses to the painted picture, one press after the other; then
    the pictures that still came after a drag of two seconds had ended, and a second later."""
    page = browser.new_page(viewport=lab.SCREEN)
    lab.open_notebook(page, address, f"{name}.ipynb")
    lab.run_all(page)
    page.wait_for_function(f"() => !!({PAINTED[name]})", timeout=60_000)
    page.wait_for_timeout(1500)
    handle = page.locator(".noUi-handle").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(1500)
    page.evaluate(WATCH, PAINTED[name])
    for press in range(presses):
        page.keyboard.press("ArrowRight" if press % 20 < 10 else "ArrowLeft")
        page.wait_for_function("n => window.presses.length >= n", arg=press + 1, timeout=20_000)
        page.wait_for_timeout(30)
    times = page.evaluate("window.presses")
    track = page.locator(".noUi-target").first.bounding_box()
    y = track["y"] + track["height"] / 2
    page.mouse.move(handle.bounding_box()["x"] + 8, y)
    page.mouse.down()
    page.evaluate("window.changes = 0")
    start = time.perf_counter()
    while (share := (time.perf_counter() - start) / 2) < 1:
        page.mouse.move(track["x"] + track["width"] * (0.1 + 0.8 * abs(2 * share - 1)), y)
        page.wait_for_timeout(10)
    page.mouse.up()
    page.wait_for_timeout(40)
    during = page.evaluate("window.changes")
    page.wait_for_timeout(3000)
    after = page.evaluate("window.changes") - during
    page.close()
    return times, during, after


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, lab.chromium() as browser:
        root = Path(folder)
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        for name, source in {**LIVE, "interact": INTERACT}.items():
            cells = [nbformat.v4.new_code_cell(source)]
            nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), root / f"{name}.ipynb")
        with lab.jupyter_lab(root) as address:
            port = int(address.rsplit(":", 1)[1])
            main = next(iter(LIVE))
            for milliseconds, names in ((0, [*LIVE, "interact"]), (150, [main, "interact"])):
                with distance(port, milliseconds) if milliseconds else contextlib.nullcontext(port) as far:
                    medians = {}
                    for name in names:
                        presses = 25 if name == "interact" else 100
                        times, during, after = measure(browser, f"http://127.0.0.1:{far}", name, presses)
                        times.sort()
                        medians[name] = statistics.median(times)
                        print(
                            f"{milliseconds:3} ms away, {name:15}: median {medians[name]:6.1f} ms, "
                            f"p95 {times[int(0.95 * len(times))]:6.1f} ms; in a 2 s drag {during} pictures, "
                            f"{after} more after it ended",
                            flush=True,
                        )
                    ratio = medians["interact"] / medians[main]
                    print(f"{milliseconds:3} ms away: {ratio:.0f} × as long by interact")
