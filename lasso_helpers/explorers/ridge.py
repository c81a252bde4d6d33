"""The explorer of notebook 01: λ moves ridge's weights and errors."""

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure

from .. import plots
from ..closed_form import ridge_closed_form
from ..data import as_numbers
from .shared import SIZE, STYLE, live_by_values, reference_errors, rmse_levels


def explore_ridge(data, lambda_coefs=None):
    """λ moves ridge's signed weights, and a marker along its train and test RMSE."""
    if lambda_coefs is None:
        lambda_coefs = [0, *(float(f"{value:.2g}") for value in np.logspace(-2, 2, 41))]
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    solved = [ridge_closed_form(data.X_train, data.y_train, value) for value in lambda_coefs]
    weights = np.array([weight[:, 0].numpy() for weight, _ in solved])
    train, test = rmse_levels(data, weights, np.array([float(bias) for _, bias in solved]))
    guess, least_squares = reference_errors(data)

    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        left, right = figure.subplots(1, 2)
        width = 1.15 * np.abs(weights).max()
        stems, dots = plots.weight_stems(weights[0], data.feature_names, ax=left, limit=width)
        left.set(xlabel="weight")
        markers = plots.error_against_lambda(lambda_coefs, train, test, ax=right)
        plots.reference_levels(guess, least_squares, ax=right)
        right.legend(loc="upper left", bbox_to_anchor=(0, 0.88))

    rows = np.arange(weights.shape[1], dtype=float)[None]
    moving = {stems: plots.stem_points(weights), dots: (weights, rows)}
    for marker, level in zip(markers, (train, test)):
        moving[marker] = (lambda_coefs[:, None], level[:, None])
    status = [f"λ = {value:g} · ‖w‖₂ = {np.linalg.norm(w):.3f} · negative weights: "
              f"{', '.join(np.array(data.feature_names)[w < 0]) or 'none'} · RMSE train {a:.3f}, test {b:.3f}"
              for value, w, a, b in zip(lambda_coefs, weights, train, test)]
    presets = {"least squares": (0,), "λ = 0.1": (0.1,), "λ = 1": (1,), "λ = 10": (10,)}
    return live_by_values(figure, {"penalty λ": lambda_coefs}, moving, status, presets, start=(0,))
