"""The explorer of notebook 05: the lecture's loop beside the proximal step, zeros counted."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_count, as_numbers
from ..closed_form import largest_stable_lr, shortest_least_squares
from ..data import Dataset, as_varied_dataset
from ..lasso_path import lambda_max, lasso_path
from ..live_figure import LiveFigure
from ..training import weight_walks
from .errors import power_of_ten
from .loud_features import Features, as_features
from .slider_values import (
    LAMBDA_1,
    LR_001,
    LR_025,
    Drawing,
    default_lrs,
    lambda_grid,
    lecture_named,
    live_by_values,
    near,
    panels,
    theory_marks,
)

EVERY = 3  # iterations drawn: an odd step shows both sides of a weight that jumps to and fro


class _Numbers(NamedTuple):
    features: Features
    lambda_coefs: np.ndarray  # (K,)
    lrs: np.ndarray  # (A,)
    highest: float  # λ_max
    limit: float  # 2/h
    walks: list  # of the lecture's loop, of the proximal step: (K, A, T, n) each
    exact: np.ndarray  # (K, n), the minimisers
    unit: float  # of the weights, a power of ten


def explore_zeros(
    data: Dataset,
    lambda_coefs: ArrayLike | None = None,
    lrs: ArrayLike | None = None,
    num_iterations: int = 250,
    seed: int = 0,
    presets: Mapping[str, tuple[float, float]] | None = None,
    features: Iterable[str] | None = None,
) -> LiveFigure:
    """λ and α move the absolute values |wⱼ| of all weights: the lecture's loop left, the proximal step right.

    Both start alike. A third slider picks the feature whose line is black, the others are grey. What is
    exactly 0 lies in a strip below the log axis; the dashed line is 2αλ. Every third iteration is drawn;
    zeros are counted at the last. presets: more named positions, {name: (λ, α)}, at the last feature.
    features: up to 12 of data.feature_names, over which the third slider goes; by default all, or the first
    12 to enter the lasso's path.
    """
    numbers = _numbers(data, lambda_coefs, lrs, num_iterations, seed, features)
    lam, half = (near(numbers.lambda_coefs, share * numbers.highest) for share in (LAMBDA_1, LAMBDA_1 / 2))
    shares = (LR_001, LR_001 / 5, LR_025)
    lecture, small, large = (near(numbers.lrs, share * numbers.limit) for share in shares)
    own = {lecture_named((lam, lecture)): (lam, lecture), "half the penalty": (half, lecture)}
    own |= {"small steps": (lam, small), "large steps": (lam, large)}
    own |= {"beyond 2/h": (lam, min(numbers.lrs[numbers.lrs > numbers.limit], default=np.nan))}
    sliders = {"penalty λ": numbers.lambda_coefs, "learning rate α": numbers.lrs}
    sliders["feature"] = np.arange(1, len(numbers.features.loud) + 1)
    return live_by_values(
        lambda narrow: _drawing(numbers, narrow),
        sliders,
        _words(numbers),
        start=(lam, lecture),
        own=own,
        given=presets,
        marks=theory_marks(numbers.highest, numbers.limit),
    )


def _numbers(data, lambda_coefs, lrs, num_iterations, seed, features):
    X, y = (part.numpy() for part in as_varied_dataset(data).exact[:2])
    features = as_features(features, data.feature_names, X, y)
    limit, highest = largest_stable_lr(X), lambda_max(X, y)
    if lambda_coefs is None:
        lambda_coefs = lambda_grid(highest, every=2)
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lrs = as_numbers("lrs", default_lrs(limit)[1::2] if lrs is None else lrs, above=0)
    T = as_count("num_iterations", num_iterations)
    walks = [weight_walks(data, lambda_coefs, lrs, T, seed, proximal) for proximal in (False, True)]
    exact = lasso_path(X, y, lambda_coefs).weights
    unit = power_of_ten(np.abs(shortest_least_squares(X, y)[0]).max())
    return _Numbers(features, lambda_coefs, lrs, highest, limit, walks, exact, unit)


def _drawing(numbers, narrow):
    (figure, axes), moving, features = panels(narrow), {}, numbers.features
    positive = np.where(numbers.lambda_coefs > 0, numbers.lambda_coefs, np.nan)
    level = 2 * positive[:, None, None, None] * numbers.lrs[:, None, None] * np.ones(2)  # 2αλ, (K, A, 1, 2)
    for ax, walk, name in zip(axes, numbers.walks, ("lecture's loop", "proximal step (ISTA)")):
        iterations = np.arange(walk.shape[2])[::EVERY]
        drawn = drawing.heights(walk[:, :, ::EVERY], numbers.unit).transpose(
            0, 1, 3, 2
        )  # (K, A, n, iterations)
        lines = drawing.weight_sizes(iterations, drawn[0, 0], features.names, ax=ax, unit=numbers.unit)
        width = drawing.OTHERS_WIDTH if len(features.quiet) else lines[0].get_linewidth()
        for j, line in enumerate(lines):
            line.set(
                color=drawing.OTHERS, linestyle="-", linewidth=width, label="others" if j == 0 else "_other"
            )
            moving[line] = drawn[:, :, j : j + 1]
        (wobble,) = ax.plot(iterations[[0, -1]], [1, 1], color=drawing.QUIET, linestyle="--", label="2αλ")
        (loud,) = ax.plot(iterations, drawn[0, 0, 0], color=drawing.INK, linewidth=3.2, label="chosen")
        moving |= {wobble: level, loud: drawn[:, :, features.loud]}
        ax.set_title(name)
    axes[0].set_ylabel("|weight|")
    loud, others, wobble = (axes[0].get_legend_handles_labels()[0][k] for k in (2, 0, 1))
    figure.legend(loc="outside upper left", ncols=1 if narrow else 3, handles=[loud, others, wobble])
    return Drawing(figure, moving, arrows=list(moving))


def _words(numbers):
    loop, proximal = ((walk[:, :, -1] == 0).sum(axis=2).astype(str) for walk in numbers.walks)  # (K, A) each
    T, n = numbers.walks[0].shape[2:]
    levels = 2 * numbers.lrs * numbers.lambda_coefs[:, None]
    return {
        "chosen": [[numbers.features.names[numbers.features.loud]]],
        "2αλ": [[[f"{level:.3g}"] for level in row] for row in levels],
        f"exact zeros after {T} steps of the loop": loop[..., None],
        "of the proximal step": proximal[..., None],
        "of the minimiser": [[[f"{zeros} of {n}"]] for zeros in (numbers.exact == 0).sum(axis=1)],
    }
