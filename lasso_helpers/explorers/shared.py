"""What more than one explorer needs."""

import numpy as np
from matplotlib import style

from ..closed_form import ridge_closed_form
from ..live_figure import LiveFigure

STYLE = "lasso_helpers.classroom"
SIZE = (9.6, 4.1)
LRS = [0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1,
       0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.24, 0.25, 0.26, 0.27, 0.28, 0.29, 0.3, 0.32, 0.35]


def reference_errors(data):
    """RMSE of guessing the mean, and of least squares: ((train, test), (train, test))."""
    weight, bias = ridge_closed_form(data.X_train, data.y_train, 0)
    guess = rmse_levels(data, np.zeros((1, len(weight))), np.array([float(data.y_train.double().mean())]))
    fitted = rmse_levels(data, weight.T.numpy(), bias.numpy())
    return tuple(float(part[0]) for part in guess), tuple(float(part[0]) for part in fitted)


def rmse_levels(data, weights, biases):
    """Train and test RMSE of K linear models: weights (K, n), biases (K,) -> two (K,)."""
    return tuple(np.sqrt(((X.double().numpy() @ weights.T + biases - y.double().numpy()) ** 2).mean(axis=0))
                 for X, y in ((data.X_train, data.y_train), (data.X_test, data.y_test)))


def two_weights(data, features):
    """X (m, 2) of two named features, least squares' weights (2,), and the MSE's Hessian in them (2, 2)."""
    features = list(features)
    if len(set(features)) != 2 or not set(features) <= set(data.feature_names):
        raise ValueError(f"features must be two different names of {data.feature_names}, got {features}")
    X = data.X_train[:, [data.feature_names.index(name) for name in features]].double()
    centred = X - X.mean(dim=0)
    minimiser = ridge_closed_form(X, data.y_train, 0)[0][:, 0].numpy()
    return X, minimiser, (2 / len(X) * centred.T @ centred).numpy()


def round_grid(largest):
    """0 to at least `largest` in 40 equal steps of 1, 2, 2.5 or 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(largest / 40))
    step = next(digit * power for digit in (1, 2, 2.5, 5, 10) if 40 * digit * power >= largest)
    return (step * np.arange(41)).round(12)


def default_lrs(limit):
    """Learning rates from far below 2/h to a little above it, rounded; the lecture's 0.01 among them."""
    scale = 1 if 0.2 < limit < 0.34 else limit / 0.2963
    return np.array([float(f"{scale * lr:.2g}") for lr in LRS])


def in_words(error):
    """An error in few digits, whatever the label's unit."""
    if error < 100:
        return f"{error:.3f}"
    return f"{error:.0f}" if error < 1e5 else f"{error:.2g}" if error < np.inf else "beyond numbers"


def live_by_values(figure, axes, moving, status, presets, start):
    """A `LiveFigure` with a slider for each axis of more than one value; presets and start by value.

    A preset whose values are no stops is left out; a start that is none becomes the first stop.
    """
    kept = [k for k, values in enumerate(axes.values()) if len(values) > 1] or [0]
    names, lists = list(axes), list(axes.values())

    def stops(wanted):
        found = [np.flatnonzero(np.isclose(values, value)) for values, value in zip(lists, wanted)]
        return tuple(int(found[k][0]) for k in kept) if all(len(at) for at in found) else None

    def keep(array):
        array = np.asarray(array)
        return array.reshape(*(array.shape[k] for k in kept), *array.shape[len(lists):])

    moving = {line: tuple(keep(part) for part in data) if isinstance(data, tuple) else keep(data)
              for line, data in moving.items()}
    found = {name: stops(wanted) for name, wanted in presets.items()}
    presets = {name: at for name, at in found.items() if at is not None}
    with style.context(STYLE):
        return LiveFigure(figure, {names[k]: lists[k] for k in kept}, moving, keep(status), presets, stops(start))
