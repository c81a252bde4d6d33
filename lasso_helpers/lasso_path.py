"""The lasso's exact minimisers along λ, and the choice of a λ by cross-validation."""

from typing import NamedTuple

import numpy as np
import torch

from .arguments import as_folds, as_inputs_and_labels, as_numbers
from .closed_form import least_squares
from .data import centre
from .proximal import minimise_batch


class LassoPath(NamedTuple):
    """The exact minimisers of K values of λ, float64."""

    lambda_coefs: np.ndarray  # (K,)
    weights: np.ndarray  # (K, n)
    biases: np.ndarray  # (K,)
    gaps: np.ndarray  # (K,), each bounds L_S − min L_S


class CrossValidation(NamedTuple):
    """What F folds say about K values of λ."""

    lambda_coefs: np.ndarray  # (K,)
    fold_errors: np.ndarray  # (F, K), the MSE on each fold's own rows
    mean: np.ndarray  # (K,), over the folds
    se: np.ndarray  # (K,), the standard error of that mean
    lambda_min: float
    lambda_1se: float


def lambda_max(X, y):
    """The smallest λ at which every weight of the minimiser is 0:

        maxⱼ |2 x_cⱼᵀy_c/m|,   X_c = X − x̄, y_c = y − ȳ.

    X (m, n), y (m, 1) -> float.
    """
    X_c, y_c, _, _ = centre(*as_inputs_and_labels(X, y, torch.float64))
    return float((2 / len(X_c) * X_c.T @ y_c).abs().max())


def lasso_path(X, y, lambda_coefs=None):
    """The minimisers of (1/m) Σ (xᵢᵀw + b − yᵢ)² + λ‖w‖₁ for many λ, solved side by side in float64.

    X (m, n), y (m, 1), lambda_coefs: K numbers ≥ 0 in any order, by default 100 log-spaced from λ_max
    to λ_max/1000 -> LassoPath. The bias is b = ȳ − x̄ᵀw. Each minimiser's duality gap is at most
    1e-10 of var(y), or a RuntimeError says that it is not; λ = 0 is solved as least squares (the
    shortest w, if there are several). Where columns are linearly dependent the minimiser need not be
    unique: one of them comes back. Raises ValueError where the default λ do not exist: λ_max = 0.
    In scikit-learn's units this is `Lasso(alpha=lambda_coef / 2)`.
    """
    X, y = as_inputs_and_labels(X, y, torch.float64)
    lambda_coefs = _as_lambda_coefs(lambda_coefs, X, y)
    weights, biases, gaps = solve_side_by_side([(X, y)], lambda_coefs)
    return LassoPath(lambda_coefs, weights[0], biases[0], gaps[0])


def cross_validate(X, y, lambda_coefs=None, folds=10, seed=0):
    """The mean squared error of each λ on rows its minimiser has not seen, and two choices of λ:

        λ_min lowers the mean over the folds most;
        λ_1se is the largest λ whose mean is at most mean(λ_min) + se(λ_min), se = std(ddof=1)/√F.

    X (m, n), y (m, 1), lambda_coefs as in `lasso_path`; folds: how many, 2 to m, dealt at random by
    seed, or the fold number of each row (m,) -> CrossValidation. Nothing is rescaled inside the folds:
    X is taken as it comes. All folds and λ are solved as one batch.
    Source: Hastie, Tibshirani, Friedman, *The Elements of Statistical Learning*, section 7.10.
    """
    X, y = as_inputs_and_labels(X, y, torch.float64)
    lambda_coefs = _as_lambda_coefs(lambda_coefs, X, y)
    fold_of_row = as_folds(folds, len(X), seed)
    return cross_validate_side_by_side([(X, y)], lambda_coefs, fold_of_row)[0]


def solve_side_by_side(problems, lambda_coefs):
    """The minimisers of P problems, each (X (m, n), y (m, 1)) in float64, for K values of λ

    -> weights (P, K, n), biases (P, K), gaps (P, K). All share n, not m.
    """
    centred = [centre(X, y) for X, y in problems]
    is_zero = lambda_coefs == 0
    weights = np.zeros((len(problems), centred[0][0].shape[1], len(lambda_coefs)))
    gaps = np.zeros((len(problems), len(lambda_coefs)))
    if is_zero.any():
        weights[:, :, is_zero] = np.array([least_squares(X_c, y_c) for X_c, y_c, _, _ in centred])
    if not is_zero.all():
        products = [
            (X_c.T @ X_c / len(X_c), X_c.T @ y_c / len(X_c), (y_c**2).mean(dim=0))
            for X_c, y_c, _, _ in centred
        ]
        batch = (np.array(parts) for parts in zip(*products))
        weights[:, :, ~is_zero], gaps[:, ~is_zero] = minimise_batch(*batch, lambda_coefs[~is_zero])
    X_means, y_means = (np.array(means) for means in list(zip(*centred))[2:])  # (P, n), (P, 1)
    biases = y_means - (X_means[:, :, None] * weights).sum(axis=1)
    return weights.transpose(0, 2, 1), biases, gaps


def cross_validate_side_by_side(problems, lambda_coefs, fold_of_row):
    """`cross_validate` for P problems of m rows each, dealt into the same folds -> P CrossValidations."""
    held_out = [torch.from_numpy(fold_of_row == fold) for fold in np.unique(fold_of_row)]
    parts = [(X[~rows], y[~rows]) for X, y in problems for rows in held_out]
    weights, biases, _ = solve_side_by_side(parts, lambda_coefs)
    seen_not = [(X[rows].numpy(), y[rows].numpy()) for X, y in problems for rows in held_out]
    errors = np.array(
        [((X @ w.T + b - y) ** 2).mean(axis=0) for (X, y), w, b in zip(seen_not, weights, biases)]
    )
    return [_choose(lambda_coefs, part) for part in errors.reshape(len(problems), len(held_out), -1)]


def _choose(lambda_coefs, fold_errors):
    mean = fold_errors.mean(axis=0)
    se = fold_errors.std(axis=0, ddof=1) / np.sqrt(len(fold_errors))
    best = mean.argmin()
    lambda_min = lambda_coefs[mean == mean[best]].max()
    lambda_1se = lambda_coefs[mean <= mean[best] + se[best]].max()
    return CrossValidation(lambda_coefs, fold_errors, mean, se, float(lambda_min), float(lambda_1se))


def _as_lambda_coefs(lambda_coefs, X, y):
    if lambda_coefs is None:
        highest = lambda_max(X, y)
        if highest == 0:
            raise ValueError(
                "lambda_coefs must be given where λ_max is 0 (y or every column of X is "
                "constant, or none is correlated with y), got None"
            )
        lambda_coefs = highest * np.logspace(0, -3, 100)
    return as_numbers("lambda_coefs", lambda_coefs, at_least=0)
