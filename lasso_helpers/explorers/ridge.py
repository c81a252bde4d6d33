"""The explorer of notebook 01: λ moves ridge's weights and errors."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..closed_form import ridge_path
from ..data import Dataset, as_varied_dataset
from ..live_figure import LiveFigure
from .errors import in_words, reference_errors, rmse_levels
from .slider_values import Drawing, live_by_values, panels, two_digits


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
    own = {"least squares": 0, "λ = 0.1": 0.1, "λ = 1": 1, "λ = 10": 10}
    sliders, words = {"penalty λ": numbers.lambda_coefs}, _words(data, numbers)
    return live_by_values(
        lambda narrow: _drawing(data, numbers, narrow), sliders, words, start=0, own=own, given=presets
    )


def _numbers(data, lambda_coefs):
    if lambda_coefs is None:
        lambda_coefs = [0, *two_digits(np.logspace(-2, 2, 41))]
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    X, y = as_varied_dataset(data).exact[:2]
    weights, biases = ridge_path(X, y, lambda_coefs)
    return _Numbers(lambda_coefs, weights, *rmse_levels(data, weights, biases))


def _drawing(data, numbers, narrow):
    lambda_coefs, weights, train, test = numbers
    figure, (left, right) = panels(narrow)
    drawing.weight_rows(data.feature_names, ax=left, limit=1.15 * np.abs(weights).max())
    moving = drawing.weight_marks(weights, drawing.MINIMISER_LOOK, ax=left)
    markers = drawing.error_against_lambda(lambda_coefs, train, test, ax=right)
    drawing.reference_levels(*reference_errors(data), ax=right)
    right.legend(loc="upper left", bbox_to_anchor=(0, 0.88))
    for marker, level in zip(markers, (train, test)):
        moving[marker] = (lambda_coefs[:, None], level[:, None])
    return Drawing(figure, moving, pick={right: "penalty λ"})


def _words(data, numbers):
    names = np.array(data.feature_names)
    return {
        "‖w‖₂": [f"{np.linalg.norm(w):.3f}" for w in numbers.weights],
        "negative weights": [", ".join(names[w < 0]) or "none" for w in numbers.weights],
        "train RMSE": in_words(numbers.train),
        "test RMSE": in_words(numbers.test),
    }
