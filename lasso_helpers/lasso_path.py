"""The lasso's exact minimisers along λ, and the choice of a λ by cross-validation."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .arguments import as_array, as_arrays, as_folds, as_numbers
from .closed_form import least_squares
from .data import centre
from .homotopy import Knot, homotopy
from .proximal import MAX_ITERATIONS, TOLERANCE, gaps, proximal_steps


class LassoPath(NamedTuple):
    """The exact minimisers of K values of λ: float64 arrays."""

    lambda_coefs: np.ndarray  # (K,)
    weights: np.ndarray  # (K, n)
    biases: np.ndarray  # (K,)
    gaps: np.ndarray  # (K,), each bounds L_S − min L_S
    knots: list[Knot]  # where a feature enters or leaves, from λ_max down to the smallest of the K λ

    def predict(self, X: ArrayLike) -> np.ndarray:
        """X @ weightsᵀ + biases: X (m, n) -> (m, K), a column for each λ."""
        return as_array("X", X, columns=self.weights.shape[1]) @ self.weights.T + self.biases


class CrossValidation(NamedTuple):
    """What F folds say about K values of λ: float64 arrays."""

    lambda_coefs: np.ndarray  # (K,)
    fold_errors: np.ndarray  # (F, K), the MSE on each fold's own rows
    mean: np.ndarray  # (K,), of the MSE over the folds
    se: np.ndarray  # (K,), the standard error of that mean
    lambda_min: float
    lambda_1se: float


def lambda_max(X: ArrayLike, y: ArrayLike) -> float:
    """The smallest λ at which every weight of the minimiser is 0:

        maxⱼ |2 x_cⱼᵀy_c/m|,   X_c = X − x̄, y_c = y − ȳ.

    X (m, n), y (m, 1) -> float.
    """
    X_c, y_c, _, _ = centre(*as_arrays(X, y))
    return float(np.abs(2 / len(X_c) * (X_c.T @ y_c)).max())


def lasso_path(X: ArrayLike, y: ArrayLike, lambda_coefs: ArrayLike | None = None) -> LassoPath:
    """The minimisers of (1/m) Σ (xᵢᵀw + b − yᵢ)² + λ‖w‖₁ for many λ, from one sweep over λ (`homotopy`).

    X (m, n), y (m, 1), lambda_coefs: K numbers ≥ 0 in any order, by default 100 log-spaced from λ_max
    to λ_max/1000 -> LassoPath. The bias is b = ȳ − x̄ᵀw. Each minimiser's duality gap is at most
    1e-10 of var(y): where the sweep's is not, `fista`'s steps go on from there, and where theirs is not
    either a RuntimeError says so. λ = 0 is solved as least squares (the shortest w, if there are
    several). Where columns are linearly dependent the minimiser need not be unique: one of them comes
    back. Raises ValueError where the default λ do not exist: λ_max = 0.
    In scikit-learn's units this is `Lasso(alpha=lambda_coef / 2)`.
    """
    X, y = as_arrays(X, y)
    return _solve(X, y, _as_lambda_coefs(lambda_coefs, X, y))


def cross_validate(
    X: ArrayLike,
    y: ArrayLike,
    lambda_coefs: ArrayLike | None = None,
    folds: int | ArrayLike = 10,
    seed: int = 0,
) -> CrossValidation:
    """The mean squared error of each λ on rows its minimiser has not seen, and two choices of λ:

        λ_min lowers the mean over the folds most;
        λ_1se is the largest λ whose mean is at most mean(λ_min) + se(λ_min), se = std(ddof=1)/√F.

    X (m, n), y (m, 1), lambda_coefs as in `lasso_path`; folds: how many, 2 to m, dealt at random by
    seed, or the fold number of each row (m,) -> CrossValidation. Nothing is rescaled inside the folds:
    X is taken as it comes.
    Source: Hastie, Tibshirani, Friedman, *The Elements of Statistical Learning*, section 7.10.
    """
    X, y = as_arrays(X, y)
    lambda_coefs = _as_lambda_coefs(lambda_coefs, X, y)
    fold_of_row = as_folds(folds, len(X), seed)
    errors = []
    for fold in np.unique(fold_of_row):
        held_out = fold_of_row == fold
        fit = _solve(X[~held_out], y[~held_out], lambda_coefs)
        errors.append(((X[held_out] @ fit.weights.T + fit.biases - y[held_out]) ** 2).mean(axis=0))
    return _choose(lambda_coefs, np.array(errors))


def _solve(X, y, lambda_coefs):
    """`lasso_path` of what has been checked."""
    X_c, y_c, X_mean, y_mean = centre(X, y)
    swept = homotopy(2 / len(X) * (X_c.T @ X_c), 2 / len(X) * (X_c.T @ y_c)[:, 0], lambda_coefs.min())
    weights, certificates = swept.at(lambda_coefs), np.zeros(len(lambda_coefs))
    positive = lambda_coefs > 0
    if not positive.all():
        weights[~positive] = least_squares(X_c, y_c)[:, 0]
    certificates[positive] = gaps(X_c, y_c, weights[positive], lambda_coefs[positive])
    open_ones = np.flatnonzero(certificates > TOLERANCE * (y_c**2).mean())
    for k in open_ones:
        weights[k], certificates[k] = _go_on(X_c, y_c, weights[k], lambda_coefs[k])
    certain = lambda_coefs[open_ones].max(initial=0)
    knots = [knot for knot in swept.knots if knot.lambda_coef > certain]
    return LassoPath(lambda_coefs, weights, y_mean - weights @ X_mean, certificates, knots)


def _go_on(X_c, y_c, weight, lambda_coef):
    """Weights (n,) of a gap that is small enough, and that gap, from some whose duality gap is too large.

    Where λ is so small that rounding hides the slopes, the distance to least squares w* is a closer bound,
    L_S(w) − min L_S ≤ ‖X_c(w − w*)‖²/m + λ‖w‖₁. Elsewhere `fista`'s steps go on from the weights.
    """
    enough = TOLERANCE * (y_c**2).mean()
    away = X_c @ (weight[:, None] - least_squares(X_c, y_c))
    bound = (away**2).mean() + lambda_coef * np.abs(weight).sum()
    if bound <= enough:
        return weight, bound
    for iteration, stepped in enumerate(proximal_steps(X_c, y_c, lambda_coef, start=weight[:, None])):
        if iteration % 10 == 0:
            gap = gaps(X_c, y_c, stepped.T, np.array([lambda_coef]))[0]
            if gap <= enough:
                return stepped[:, 0], gap
            if iteration >= MAX_ITERATIONS:
                raise _not_certain(X_c, lambda_coef, gap / (y_c**2).mean())


def _not_certain(X_c, lambda_coef, gap):
    return RuntimeError(
        f"at λ = {lambda_coef:.3g} the duality gap is {gap:.1e} of var(y), not {TOLERANCE:.0e}, and "
        f"{MAX_ITERATIONS:,} steps of FISTA did not close it. The condition number of X's centred columns is "
        f"{np.linalg.cond(X_c):.0e}: z-score them if their scales differ, leave one out if it is almost, but "
        f"not exactly, a combination of others, or take a larger λ"
    )


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
