"""What linear algebra knows without any descent: ridge's minimiser, and how steep the squared error is."""

import numpy as np
import torch
from numpy.typing import ArrayLike

from .arguments import as_arrays, as_matrix, as_number
from .data import centre

LARGE = 100_000  # numbers, from which on a triangle is found first


def ridge_closed_form(X: ArrayLike, y: ArrayLike, lambda_coef: float) -> tuple[torch.Tensor, torch.Tensor]:
    """The minimiser of (1/m) Σ (xᵢᵀw + b − yᵢ)² + λ‖w‖₂², whose intercept b is not penalised:

        w = (X_cᵀX_c/m + λI)⁻¹ X_cᵀy_c/m,   b = ȳ − x̄ᵀw,   X_c = X − x̄, y_c = y − ȳ.

    X (m, n), y (m, 1), lambda_coef ≥ 0 (0 is least squares) -> weight (n, 1), bias (1,), float64.
    In scikit-learn's units this is `Ridge(alpha=m * lambda_coef)`. Raises ValueError where λ = 0
    and linearly dependent columns leave more than one minimiser.
    Source: Hastie, Tibshirani, Friedman, *The Elements of Statistical Learning*, section 3.4.1.
    """
    X, y = as_arrays(X, y)
    lambda_coef = as_number("lambda_coef", lambda_coef, at_least=0)
    m, n = X.shape
    X_c, y_c, X_mean, y_mean = centre(X, y)
    if lambda_coef == 0 and np.linalg.matrix_rank(X_c) < n:
        raise ValueError(
            "lambda_coef must be > 0 where X's centred columns are linearly dependent "
            "(least squares has no unique minimiser), got 0"
        )
    weight = np.linalg.solve(X_c.T @ X_c / m + lambda_coef * np.eye(n), X_c.T @ y_c / m)
    return torch.from_numpy(weight), torch.from_numpy(y_mean - X_mean @ weight)


def ridge_path(X, y, lambda_coefs):
    """`ridge_closed_form` at K values of λ, at 0 `shortest_least_squares`: arrays (K, n) and (K,)."""
    X, y = as_arrays(X, y)
    solved = [
        ridge_closed_form(X, y, lam) if lam > 0 else shortest_least_squares(X, y) for lam in lambda_coefs
    ]
    weights, biases = zip(*solved)
    return np.array([np.ravel(weight) for weight in weights]), np.array([bias.item() for bias in biases])


def shortest_least_squares(X, y):
    """Least squares with an intercept, of several minimisers the shortest: arrays (n, 1) and (1,)."""
    X_c, y_c, X_mean, y_mean = centre(*as_arrays(X, y))
    weight = least_squares(X_c, y_c)
    return weight, y_mean - X_mean @ weight


def least_squares(X_c, y_c):
    """The weights of least squares on centred arrays, the shortest if there are several: (n, 1)."""
    m, n = X_c.shape
    rank_from = np.finfo(np.float64).eps * max(m, n)  # numpy's own, which a triangle would change
    if m * n > LARGE and m > n + 1:  # all that is needed is in the triangle of [X_c y_c] = QR
        triangle = torch.linalg.qr(torch.from_numpy(np.hstack([X_c, y_c])), mode="r").R.numpy()
        X_c, y_c = triangle[:, :n], triangle[:, n:]
    return np.linalg.lstsq(X_c, y_c, rcond=rank_from)[0]


def curvature(X: ArrayLike) -> torch.Tensor:
    """The eigenvalues of the Hessian of the MSE in (w, b), ascending:

        H = (2/m) [X 1]ᵀ[X 1].

    X (m, n) -> (n + 1,), float64. The largest is h; gradient descent moves along each eigenvector
    on its own, and a step multiplies what is left by |1 − α·eigenvalue|.
    """
    return torch.linalg.eigvalsh(_mse_hessian(X))


def largest_stable_lr(X: ArrayLike, ridge_lambda: float = 0.0) -> float:
    """The learning rate from which fixed-step gradient descent on MSE + λ‖w‖₂² no longer arrives:

        2 / (largest eigenvalue of H + 2λ·diag(1, …, 1, 0)),   H = (2/m) [X 1]ᵀ[X 1].

    X (m, n), ridge_lambda ≥ 0 -> float. At λ = 0 it is 2/h; on centred X with h > 2, 2/(h + 2λ).
    Source: Boyd, Vandenberghe, *Convex Optimization*, section 9.3.
    """
    hessian = _mse_hessian(X)
    ridge_lambda = as_number("ridge_lambda", ridge_lambda, at_least=0)
    penalised = torch.ones(len(hessian), dtype=hessian.dtype)
    penalised[-1] = 0
    return 2 / float(torch.linalg.eigvalsh(hessian + 2 * ridge_lambda * penalised.diag())[-1])


def _mse_hessian(X):
    X = as_matrix("X", X, torch.float64).detach()
    with_ones = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    return 2 / len(X) * with_ones.T @ with_ones
