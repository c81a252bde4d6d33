"""The explorer of notebook 01: λ moves ridge's weights and errors."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..closed_form import ridge_path
from ..data import Dataset, as_varied_dataset
from ..live_figure import LiveFigure
from .errors import in_words, reference_errors, rmse_levels
from .slider_values import SIZE, STYLE, live_by_values, two_digits


class _Numbers(NamedTuple):
    lambda_coefs: np.ndarray  # (K,)
    weights: np.ndarray  # (K, n)
    train: np.ndarray  # (K,), RMSE
    test: np.ndarray  # (K,)


def explore_ridge(
    data: Dataset, lambda_coefs: ArrayLike | None = None, presets: Mapping[str, float] | None = None
) -> LiveFigure:
    """λ moves ridge's signed weights, and a marker along its train and test RMSE.

    presets: more named positions, {name: λ}.
    """
    numbers = _numbers(data, lambda_coefs)
    figure, moving = _drawing(data, numbers)
    own = {"least squares": 0, "λ = 0.1": 0.1, "λ = 1": 1, "λ = 10": 10}
    sliders = {"penalty λ": numbers.lambda_coefs}
    words, pick = _words(data, numbers), {figure.axes[1]: "penalty λ"}
    return live_by_values(figure, sliders, moving, words, start=0, own=own, given=presets, pick=pick)


def _numbers(data, lambda_coefs):
    if lambda_coefs is None:
        lambda_coefs = [0, *two_digits(np.logspace(-2, 2, 41))]
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    X, y = as_varied_dataset(data).exact[:2]
    weights, biases = ridge_path(X, y, lambda_coefs)
    return _Numbers(lambda_coefs, weights, *rmse_levels(data, weights, biases))


@style.context(STYLE)
def _drawing(data, numbers):
    lambda_coefs, weights, train, test = numbers
    figure = Figure(figsize=SIZE)
    left, right = figure.subplots(1, 2)
    width = 1.15 * np.abs(weights).max()
    stems, dots = drawing.weight_stems(weights[0], data.feature_names, ax=left, limit=width)
    left.set(xlabel="weight")
    markers = drawing.error_against_lambda(lambda_coefs, train, test, ax=right)
    drawing.reference_levels(*reference_errors(data), ax=right)
    right.legend(loc="upper left", bbox_to_anchor=(0, 0.88))

    rows = np.arange(weights.shape[1], dtype=float)[None]
    moving = {stems: drawing.stem_points(weights), dots: (weights, rows)}
    for marker, level in zip(markers, (train, test)):
        moving[marker] = (lambda_coefs[:, None], level[:, None])
    return figure, moving


def _words(data, numbers):
    names = np.array(data.feature_names)
    return {
        "‖w‖₂": [f"{np.linalg.norm(w):.3f}" for w in numbers.weights],
        "negative weights": [", ".join(names[w < 0]) or "none" for w in numbers.weights],
        "train RMSE": in_words(numbers.train),
        "test RMSE": in_words(numbers.test),
    }
