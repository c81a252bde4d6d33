"""Matplotlib's picture of an explorer, and how far a screenshot is from it."""

import io

import numpy as np
from PIL import Image

LIMIT = 1e-3  # of 98,400 blocks: caps and joins of the lines; lines that are 3 px off change 0.7 % or more


def difference(one, other):
    """The share of 2 × 2 px blocks in which two pictures (RGB, double resolution) differ clearly."""
    blocks = [
        np.asarray(image.convert("RGB").resize((480 * 2, image.height // 2), Image.Resampling.BOX), dtype=int)
        .reshape(image.height // 4, 2, 480, 2, 3)
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
