"""Key press → painted picture in Chromium: every explorer, and the main one's curves under `interact`.

A key goes to a slider. Painted means: the animation frame in which the picture is first seen
changed has been drawn (a message posted in that frame has come back). The distance is a proxy that holds
every byte between browser and server back for half of it each way.
"""

import asyncio
import contextlib
import itertools
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

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
PAINTED = dict.fromkeys(LIVE, "document.querySelector('.live-figure-picture')?.getAttribute('aria-label')")
PAINTED["interact"] = "document.querySelector('.widget-interact img')?.src"
HANDLE = dict.fromkeys(LIVE, ".live-figure input") | {"interact": ".noUi-handle"}
TRACK = HANDLE | {"interact": ".noUi-target"}
# Before any other listener, as an explorer lets no key go on.
KEYS = "window.addEventListener('keydown', () => { window.pressed = performance.now(); }, true);"
WATCH = """(picture) => {
    const look = () => eval(picture);
    window.presses = []; window.late = window.changes = window.inputs = window.unpainted = 0;
    let seen = look(), waits = false, frames = 0;
    window.pressed = null;
    const drawn = new MessageChannel();
    drawn.port1.onmessage = ({ data }) => window.presses.push(performance.now() - data);
    window.addEventListener('input', () => { window.inputs++; waits = true; }, true);
    const frame = () => {
        const now = look();
        if (window.pressed !== null) frames++;
        if (now && now !== seen) {
            seen = now; window.changes++; waits = false;
            if (window.pressed !== null) {
                drawn.port2.postMessage(window.pressed); window.pressed = null;
                if (frames > 1) window.late++;
                frames = 0;
            }
        }
        if (waits) { window.unpainted++; waits = false; }
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


class Measured(NamedTuple):
    times: list  # ms from each key press to the painted picture, one press after the other, ascending
    late: int  # of the key presses, whose picture came after the next animation frame
    pictures: int  # in a drag of two seconds
    inputs: int  # `input` events of that drag
    unpainted: int  # frames after such an event that showed no new picture
    after: int  # pictures that still came in the three seconds after the drag had ended
    jumps: int  # steps back in a drag to the right with pauses of 100 ms
    goes_on: bool  # the sliders move the picture when the kernel has been shut down


def measure(browser, address, name, presses):
    page = browser.new_page(viewport=lab.SCREEN)
    page.add_init_script(KEYS)
    lab.open_notebook(page, address, f"{name}.ipynb")
    lab.run_all(page)
    page.wait_for_function(f"() => !!({PAINTED[name]})", timeout=60_000)
    page.wait_for_timeout(1500)
    handle = page.locator(HANDLE[name]).first
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("Home")
    page.wait_for_timeout(1500)
    page.evaluate(WATCH, PAINTED[name])
    for press in range(presses):
        page.keyboard.press("ArrowRight" if press % 20 < 10 else "ArrowLeft")
        page.wait_for_function("n => window.presses.length >= n", arg=press + 1, timeout=20_000)
        page.wait_for_timeout(30)
    times, late = sorted(page.evaluate("window.presses")), page.evaluate("window.late")
    track = page.locator(TRACK[name]).first.bounding_box()
    at = lambda share: (track["x"] + 8 + share * (track["width"] - 16), track["y"] + track["height"] / 2)
    start_at_the_left(page, at)
    page.evaluate("window.changes = window.inputs = window.unpainted = 0")
    start = time.perf_counter()
    while (share := (time.perf_counter() - start) / 2) < 1:
        page.mouse.move(*at(0.1 + 0.8 * abs(2 * share - 1)))
        page.wait_for_timeout(10)
    page.mouse.up()
    page.wait_for_timeout(40)
    during, inputs, unpainted = (
        page.evaluate(f"window.{name}") for name in ("changes", "inputs", "unpainted")
    )
    page.wait_for_timeout(3000)
    after = page.evaluate("window.changes") - during
    jumps = goes_on = None
    if name != "interact":
        jumps = steps_back(page, handle, at)
        lab.menu(page, "Kernel", "Shut Down Kernel")
        page.wait_for_timeout(1500)
        before = page.evaluate(PAINTED[name])
        handle.press("ArrowLeft")
        goes_on = page.evaluate(PAINTED[name]) != before
    page.close()
    return Measured(times, late, during, inputs, unpainted, after, jumps, goes_on)


def in_words(seen):
    p95 = seen.times[int(0.95 * len(seen.times))]
    return (
        f"median {statistics.median(seen.times):6.1f} ms, p95 {p95:6.1f} ms, "
        f"{seen.late} of {len(seen.times)} after the next frame; "
        f"in a 2 s drag {seen.inputs} inputs, {seen.pictures} pictures, {seen.unpainted} frames without, "
        f"{seen.after} pictures after it ended; steps back after pauses: {seen.jumps}; "
        f"without a kernel it goes on: {seen.goes_on}"
    )


def start_at_the_left(page, at):
    """The mouse on the handle, pressed, at the slider's first stop."""
    page.keyboard.press("Home")
    page.wait_for_timeout(1000)
    page.mouse.move(*at(0))
    page.mouse.down()


def steps_back(page, handle, at):
    """How often the stop goes back in a drag to the right with pauses, after which the kernel answers."""
    start_at_the_left(page, at)
    lab.watch_stops(handle)
    for k in range(60):
        page.mouse.move(*at(k / 59))
        page.wait_for_timeout(250 if k % 20 == 10 else 100 if k % 10 == 5 else 15)
    page.mouse.up()
    page.wait_for_timeout(2000)
    stops = page.evaluate("window.stops")
    return sum(after < before for before, after in itertools.pairwise(stops))


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
            for milliseconds, names in ((0, [*LIVE, "interact"]), (300, [*LIVE, "interact"])):
                with distance(port, milliseconds) if milliseconds else contextlib.nullcontext(port) as far:
                    medians = {}
                    for name in names:
                        presses = 25 if name == "interact" else 100
                        seen = measure(browser, f"http://127.0.0.1:{far}", name, presses)
                        medians[name] = statistics.median(seen.times)
                        print(f"{milliseconds:3} ms away, {name:15}: {in_words(seen)}", flush=True)
                    ratio = medians["interact"] / medians[main]
                    print(f"{milliseconds:3} ms away: {ratio:.0f} × as long by interact")
