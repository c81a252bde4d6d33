"""Matplotlib's picture of an explorer, and how far a screenshot is from it."""

import io

import numpy as np
from PIL import Image


def limit(name):
    """How much may differ, as a share of the blocks: caps and joins.

    Lines that are 3 px off change 0.7 % or more. In the zeros explorer dashes run along weights that jump to
    and fro, and drift by sixteenths of a pixel: up to 0.42 % of the blocks at α = 0.25. There lines that are
    3 px off change 4.4 % or more.
    """
    return 5e-3 if name.startswith("zeros") else 1e-3


def difference(one, other):
    """The share of 2 × 2 px blocks in which two pictures (RGB, double resolution) differ clearly."""
    blocks = [
        np.asarray(
            image.convert("RGB").resize((image.width // 2, image.height // 2), Image.Resampling.BOX),
            dtype=int,
        )
        .reshape(image.height // 4, 2, image.width // 4, 2, 3)
        .mean(axis=(1, 3))
        for image in (one, other)
    ]
    return (np.abs(blocks[0] - blocks[1]).max(axis=2) > 90).mean()


def snapshot(live, stops):
    """Matplotlib's picture of a LiveFigure at these stops."""
    return open_picture(live.snapshot(*stops))


def open_picture(png):
    """The bytes of a PNG as a picture in RGB."""
    return Image.open(io.BytesIO(png)).convert("RGB")
