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


def in_words(values, scale=1.0):
    """Errors, or weights, in few digits, whatever the label's unit; (...) -> strings (...).

    scale: how large they are. From 0.1 to 10,000 it is three decimals below 100; below that so many more as
    keep three digits of the scale; beyond, and for what is tiny, three digits of each.
    """
    decimals = 3 if scale >= 0.1 or scale <= 0 else 2 - int(np.floor(np.log10(scale)))
    if decimals > 6 or scale >= 1e4:
        return _each(_three_digits, values)
    return _each(lambda value: _in_words(value, decimals), values)


def _in_words(value, decimals):
    absolute = abs(value)
    if absolute < 99.9995:
        return f"{value:.{decimals}f}"
    if absolute < 99_999.5:
        return f"{value:.0f}"
    return f"{value:.2g}" if absolute < np.inf else "beyond numbers"


def _three_digits(value):
    return f"{float(f'{value:.3g}'):g}" if abs(value) < np.inf else "beyond numbers"


def excess_in_words(excess, y_variance):
    """How far an objective lies above its minimum, to three digits, down to a thousandth of the power of ten
    in the label's variance; (...) -> strings (...)."""
    least = power_of_ten(y_variance, np.floor) / 1000
    return _each(lambda value: f"{value:.3g}" if value >= least else f"< {least:g}", np.maximum(excess, 0))


def power_of_ten(number, rounded=np.round):
    """The power of ten nearest to a number ≥ 0, or next below it (`np.floor`); 1 for 0."""
    return 10.0 ** rounded(np.log10(number)) if number > 0 else 1.0


def _each(words, values):
    different, which = np.unique(np.asarray(values, dtype=float), return_inverse=True)
    return np.array([words(value) for value in different.tolist()])[which].reshape(np.shape(values))
