"""The explorer of notebook 01: λ moves ridge's weights and errors."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .. import drawing
from ..arguments import as_numbers
from ..closed_form import ridge_path
from ..data import Dataset, as_varied_dataset
from ..live_figure import LiveFigure
from .errors import in_words, reference_errors, rmse_levels
from .loud_features import Features, as_features
from .slider_values import Drawing, live_by_values, panels, two_digits


class _Numbers(NamedTuple):
    features: Features
    lambda_coefs: np.ndarray  # (K,)
    weights: np.ndarray  # (K, n)
    train: np.ndarray  # (K,), RMSE
    test: np.ndarray  # (K,)


def explore_ridge(
    data: Dataset,
    lambda_coefs: ArrayLike | None = None,
    presets: Mapping[str, float] | None = None,
    features: Iterable[str] | None = None,
) -> LiveFigure:
    """λ moves ridge's signed weights, and a marker along its train and test RMSE.

    presets: more named positions, {name: λ}. features: up to 12 of data.feature_names, which get rows of
    their own; by default all, or the first 12 to enter the lasso's path. All others share one row more.
    """
    numbers = _numbers(data, lambda_coefs, features)
    own = {"least squares": 0, "λ = 0.1": 0.1, "λ = 1": 1, "λ = 10": 10}
    sliders, words = {"penalty λ": numbers.lambda_coefs}, _words(numbers)
    return live_by_values(
        lambda narrow: _drawing(data, numbers, narrow), sliders, words, start=0, own=own, given=presets
    )


def _numbers(data, lambda_coefs, features):
    X, y = (part.numpy() for part in as_varied_dataset(data).exact[:2])
    features = as_features(features, data.feature_names, X, y)
    if lambda_coefs is None:
        lambda_coefs = [0, *two_digits(np.logspace(-2, 2, 41))]
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    weights, biases = ridge_path(X, y, lambda_coefs)
    return _Numbers(features, lambda_coefs, weights, *rmse_levels(data, weights, biases))


def _drawing(data, numbers, narrow):
    features, lambda_coefs, weights, train, test = numbers
    figure, (left, right) = panels(narrow)
    features.draw_rows(ax=left, limit=1.15 * np.abs(weights).max())
    moving = features.draw_marks(weights, drawing.MINIMISER_LOOK, ax=left)
    markers = drawing.error_against_lambda(lambda_coefs, train, test, ax=right)
    drawing.reference_levels(*reference_errors(data), ax=right)
    drawing.few_digits(right.yaxis)
    if max(len(tick.get_text()) for tick in left.get_yticklabels()) > 8:  # which leave little room for ticks
        zero, _, *ticks = right.get_xticks()
        right.set_xticks([zero, *ticks[::2]])
    right.legend(loc="upper left", bbox_to_anchor=(0, 0.88))
    for marker, level in zip(markers, (train, test)):
        moving[marker] = (lambda_coefs[:, None], level[:, None])
    return Drawing(figure, moving, pick={right: "penalty λ"})


def _words(numbers):
    norms, scale = np.linalg.norm(numbers.weights, axis=1), max(numbers.train)
    return {
        "‖w‖₂": in_words(norms, norms.max()),
        "negative weights": [numbers.features.listed(w < 0) for w in numbers.weights],
        "train RMSE": in_words(numbers.train, scale),
        "test RMSE": in_words(numbers.test, scale),
    }
