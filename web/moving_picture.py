"""The README's moving picture: the main explorer, its sliders travelling.

    python web/build.py && python web/moving_picture.py

Screenshots of the explorer on the site, by Chromium, put together by Pillow as docs/main_explorer.webp.
"""

import io
import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests/browser"))
import lab  # noqa: E402

PAGE, CELL = "embed/learning-curves.html", "learning-curves"
HOLD, STEP = 1500, 160  # milliseconds: at a position to be read, and on the way


def travel(lambda_slider, lr_slider):
    """λ goes from 0 to its end and back to 1, then α to its end; yields how long each position is held."""
    texts = []
    for stop in range(int(lambda_slider.get_attribute("max")) + 1):
        lambda_slider.fill(str(stop))
        texts.append(lambda_slider.get_attribute("aria-valuetext"))
        yield HOLD if texts[-1] in ("0", "1") else STEP
    for stop in range(len(texts) - 2, texts.index("1"), -2):
        lambda_slider.fill(str(stop))
        yield STEP
    lambda_slider.fill(str(texts.index("1")))
    yield STEP
    for stop in range(int(lr_slider.input_value()), int(lr_slider.get_attribute("max")) + 1):
        lr_slider.fill(str(stop))
        yield STEP
    yield HOLD


def frames(page):
    """(picture, milliseconds) at each position."""
    explorer = page.locator(f"#{CELL} .live-figure")
    explorer.locator("button", has_text="lecture").click()
    for duration in travel(*explorer.locator("input[type=range]").all()[:2]):
        yield Image.open(io.BytesIO(explorer.screenshot())).convert("RGB"), duration


def main(site, into):
    with lab.chromium() as browser:
        page = browser.new_page(viewport={"width": 1000, "height": 900})
        page.goto((site / PAGE).as_uri())
        page.wait_for_selector("html[data-explorers=ready]", state="attached")
        pictures, durations = zip(*frames(page))
    pictures[0].save(into, save_all=True, append_images=pictures[1:], duration=durations, loop=0, quality=45)
    print(f"{len(pictures)} pictures of {pictures[0].size}, {into.stat().st_size / 1e6:.2f} MB: {into}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site", ROOT / "docs/main_explorer.webp")
