"""Does every slider of every page move the picture in Firefox, too?

    python benchmarks/in_firefox.py [--site site] [--firefox firefox-esr]

Opens the pages, slides and embeds of a built site (`python web/build.py`) from disk in a headless Firefox, by
WebDriver BiDi, moves each slider, and names a page on which a line stays, something scrolls sideways, or the
console complains. Printed: the pages and sliders seen.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import websocket  # of jupyter-server

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/browser"))
import lab

MOVE_ALL = """(async () => {
  const here = document.documentElement;
  while (here.dataset.explorers !== "ready") await new Promise((done) => setTimeout(done, 50));
  const sliders = [...document.querySelectorAll(".explorer-host input")];
  const paths = (slider) => [...slider.closest(".explorer-host").querySelectorAll("path")];
  const drawn = (slider) => paths(slider).map((path) => path.getAttribute("d")).join();
  const still = sliders.filter((slider) => {
    const before = drawn(slider), last = Number(slider.max);
    slider.value = Math.floor(last * (slider.value < last / 2 ? 0.7 : 0.3));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    return drawn(slider) === before;
  });
  return JSON.stringify([sliders.length, still.length, here.scrollWidth > innerWidth]);
})()"""


class Firefox:
    """A headless Firefox that opens pages and evaluates expressions."""

    def __init__(self, program, profile, port):
        command = [program, "--headless", "--no-remote", "--profile", profile]
        self.process = subprocess.Popen(
            [*command, "--remote-debugging-port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.complaints, self.number = [], 0
        self.socket = self._connected(f"ws://127.0.0.1:{port}/session")
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.tab = {"context": self.ask("browsingContext.getTree")["contexts"][0]["context"]}

    @staticmethod
    def _connected(address):
        for _ in range(100):
            try:
                return websocket.create_connection(address, timeout=60, suppress_origin=True)
            except OSError:
                time.sleep(0.2)
        raise SystemExit("Firefox does not answer")

    def ask(self, method, **parameters):
        """The result of a command; what the console says meanwhile is kept."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv())).get("id") != self.number:
            if answer["params"].get("level") == "error":
                self.complaints.append(answer["params"]["text"])
        return answer["result"]

    def seen(self, page):
        """[sliders, those that move no line, whether the page scrolls sideways] of a file."""
        self.ask("browsingContext.navigate", **self.tab, url=page.resolve().as_uri(), wait="complete")
        answer = self.ask("script.evaluate", expression=MOVE_ALL, target=self.tab, awaitPromise=True)
        return json.loads(answer["result"]["value"])


def main(site, program):
    pages = [path for path in sorted(site.rglob("*.html")) if path.relative_to(site).parts[0][0] != "_"]
    sliders, profile = 0, tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    firefox = Firefox(program, profile.name, lab.free_port())
    try:
        for page in pages:
            count, still, is_wide = firefox.seen(page)
            sliders += count
            if still or is_wide or firefox.complaints:
                print(f"{page}: {still} still, scrolls sideways: {is_wide}, console: {firefox.complaints}")
            firefox.complaints.clear()
    finally:
        firefox.process.kill()
        firefox.process.wait()
        profile.cleanup()
    print(f"{len(pages)} pages, {sliders} sliders moved")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--site", type=Path, default=Path(__file__).parents[1] / "site")
    parser.add_argument("--firefox", default=shutil.which("firefox-esr") or shutil.which("firefox"))
    arguments = parser.parse_args()
    main(arguments.site, arguments.firefox)
