"""The errors that pictures show, and how they are put into words."""

import numpy as np

from ..closed_form import shortest_least_squares
from ..data import Dataset, as_dataset


def rmse_levels(data: Dataset, weights: np.ndarray, biases: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Train and test RMSE of K linear models: weights (K, n), biases (K,) -> two (K,)."""
    X_train, y_train, X_test, y_test = (part.numpy() for part in as_dataset(data).exact[:4])
    errors = [X @ weights.T + biases - y for X, y in ((X_train, y_train), (X_test, y_test))]
    return tuple(np.sqrt((error**2).mean(axis=0)) for error in errors)


def reference_errors(data: Dataset) -> tuple[tuple[float, float], tuple[float, float]]:
    """RMSE of guessing the mean, and of least squares, the shortest: ((train, test), (train, test))."""
    X, y = (part.numpy() for part in as_dataset(data).exact[:2])
    weight, bias = shortest_least_squares(X, y)
    models = [(0 * weight, y.mean(axis=0)), (weight, bias)]
    levels = [rmse_levels(data, weight.T, bias) for weight, bias in models]
    guess, least_squares = ((float(train[0]), float(test[0])) for train, test in levels)
    return guess, least_squares


def in_words(errors):
    """Errors in few digits, whatever the label's unit; (...) -> strings (...)."""
    errors = np.asarray(errors, dtype=float)
    with np.errstate(all="ignore"):
        rounded = np.where(errors < 99.9995, np.round(errors, 3), errors)  # many of a grid are then the same
    return _each(_in_words, rounded)


def _in_words(error):
    if error < 99.9995:
        return f"{error:.3f}"
    if error < 99_999.5:
        return f"{error:.0f}"
    return f"{error:.2g}" if error < np.inf else "beyond numbers"


def excess_in_words(excess):
    """How far an objective lies above its minimum, to three digits; (...) -> strings (...)."""
    return _each(lambda value: f"{value:.3g}" if value >= 0.001 else "< 0.001", np.maximum(excess, 0))


def _each(words, values):
    different, which = np.unique(np.asarray(values, dtype=float), return_inverse=True)
    return np.array([words(value) for value in different.tolist()])[which].reshape(np.shape(values))
