"""The lasso's exact minimisers along λ."""

from typing import NamedTuple

import numpy as np
import torch

from .data import as_inputs_and_labels, as_numbers
from .proximal import minimise_batch


class LassoPath(NamedTuple):
    """The exact minimisers of K values of λ, float64."""

    lambda_coefs: np.ndarray  # (K,)
    weights: np.ndarray  # (K, n)
    biases: np.ndarray  # (K,)
    gaps: np.ndarray  # (K,), each bounds L_S − min L_S


def lambda_max(X, y):
    """The smallest λ at which every weight of the minimiser is 0:

        maxⱼ |2 x_cⱼᵀy_c/m|,   X_c = X − x̄, y_c = y − ȳ.

    X (m, n), y (m, 1) -> float.
    """
    X, y = as_inputs_and_labels(X, y, torch.float64)
    return float((2 / len(X) * (X - X.mean(dim=0)).T @ (y - y.mean(dim=0))).abs().max())


def lasso_path(X, y, lambda_coefs=None):
    """The minimisers of (1/m) Σ (xᵢᵀw + b − yᵢ)² + λ‖w‖₁ for many λ, solved side by side in float64.

    X (m, n), y (m, 1), lambda_coefs: K numbers ≥ 0, by default 100 log-spaced from λ_max to
    λ_max/1000 -> LassoPath. The bias is b = ȳ − x̄ᵀw. Each minimiser's duality gap is at most
    1e-10 of var(y); λ = 0 is solved as least squares (the shortest w, if there are several).
    In scikit-learn's units this is `Lasso(alpha=lambda_coef / 2)`.
    """
    X, y = as_inputs_and_labels(X, y, torch.float64)
    if lambda_coefs is None:
        lambda_coefs = lambda_max(X, y) * np.logspace(0, -3, 100)
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    m, n = X.shape
    X_mean, y_mean = X.mean(dim=0), y.mean(dim=0)
    X_c, y_c = X - X_mean, y - y_mean
    weights = torch.zeros(n, len(lambda_coefs), dtype=torch.float64)
    gaps = torch.zeros(len(lambda_coefs), dtype=torch.float64)
    is_zero = torch.from_numpy(lambda_coefs == 0)
    if bool(is_zero.any()):
        weights[:, is_zero] = torch.linalg.lstsq(X_c, y_c, driver="gelsd").solution
    if not bool(is_zero.all()) and bool((X_c.T @ y_c != 0).any()):
        positive = torch.from_numpy(lambda_coefs)[~is_zero]
        weights[:, ~is_zero], gaps[~is_zero] = minimise_batch(
            X_c.T @ X_c / m, X_c.T @ y_c / m, float((y_c**2).mean()), positive)
    biases = y_mean - X_mean @ weights
    return LassoPath(lambda_coefs, weights.T.numpy(), biases.numpy(), gaps.numpy())
