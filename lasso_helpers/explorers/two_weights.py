"""The error of two of the data's features: a valley that can be drawn as a map."""

import numpy as np

from ..closed_form import shortest_least_squares
from ..data import as_varied_dataset


def two_weights(data, features):
    """X (m, 2) of two named features, y (m, 1), least squares' weights (2,), and the MSE's Hessian (2, 2)."""
    data, features = as_varied_dataset(data), list(features)
    if len(set(features)) != 2 or not set(features) <= set(data.feature_names):
        raise ValueError(f"features must be two different names of {data.feature_names}, got {features}")
    X, y = (part.numpy() for part in data.exact[:2])
    X = X[:, [data.feature_names.index(name) for name in features]]
    centred = X - X.mean(axis=0)
    minimiser = shortest_least_squares(X, y)[0][:, 0]
    return X, y, minimiser, 2 / len(X) * centred.T @ centred


def label_axes(features, *, ax):
    """A map's axes: the weights of two features."""
    ax.set(xlabel=f"weight of {features[0]}", ylabel=f"weight of {features[1]}")


def excess_error(points, minimiser, hessian):
    """How far the MSE at points (..., 2) lies above its minimum: ½ (w − w*)ᵀH(w − w*), (...)."""
    away = np.asarray(points) - minimiser
    return 0.5 * np.einsum("...i,ij,...j", away, hessian, away)
