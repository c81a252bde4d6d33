"""The errors that pictures show, and how they are put into words."""

import numpy as np

from ..closed_form import ridge_closed_form


def rmse_levels(data, weights, biases):
    """Train and test RMSE of K linear models: weights (K, n), biases (K,) -> two (K,)."""
    parts = ((data.X_train, data.y_train), (data.X_test, data.y_test))
    errors = [X.double().numpy() @ weights.T + biases - y.double().numpy() for X, y in parts]
    return tuple(np.sqrt((error**2).mean(axis=0)) for error in errors)


def reference_errors(data):
    """RMSE of guessing the mean, and of least squares: ((train, test), (train, test))."""
    weight, bias = ridge_closed_form(data.X_train, data.y_train, 0)
    models = [(0 * weight, data.y_train.double().mean(dim=0)), (weight, bias)]
    levels = [rmse_levels(data, weight.T.numpy(), bias.numpy()) for weight, bias in models]
    return tuple((float(train[0]), float(test[0])) for train, test in levels)


@np.vectorize(otypes=[str])
def in_words(error):
    """An error in few digits, whatever the label's unit; (...) -> strings (...)."""
    if error < 99.9995:
        return f"{error:.3f}"
    if error < 99_999.5:
        return f"{error:.0f}"
    return f"{error:.2g}" if error < np.inf else "beyond numbers"


@np.vectorize(otypes=[str])
def percent(value, whole):
    """A share in whole percent; (...) -> strings (...)."""
    return f"{100 * value / whole:.0f} %"
