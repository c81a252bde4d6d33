"""The lasso's exact minimisers along λ, and the choice of a λ by cross-validation."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .arguments import as_array, as_arrays, as_folds, as_numbers
from .closed_form import least_squares
from .data import centre
from .homotopy import Knot, homotopy
from .proximal import TOLERANCE, aligned, enough, gaps, proximal_steps

MAX_STEPS_MORE = 10_000  # of FISTA, for a λ at which the sweep's weights are not certain


class LassoPath(NamedTuple):
    """The exact minimisers of K values of λ: float64 arrays."""

    lambda_coefs: np.ndarray  #: (K,)
    weights: np.ndarray  #: (K, n)
    biases: np.ndarray  #: (K,), the intercepts
    gaps: np.ndarray  #: (K,), each bounds L_S − min L_S: see `lasso_path`
    knots: list[Knot]  #: where features enter and leave, from λ_max down: see `lasso_path`

    def predict(self, X: ArrayLike) -> np.ndarray:
        """X @ weightsᵀ + biases: X (m, n) -> (m, K), a column for each λ."""
        return as_array("X", X, columns=self.weights.shape[1]) @ self.weights.T + self.biases


class CrossValidation(NamedTuple):
    """What F folds say about K values of λ: float64 arrays, and two floats."""

    lambda_coefs: np.ndarray  #: (K,)
    fold_errors: np.ndarray  #: (F, K), the MSE on each fold's own rows
    mean: np.ndarray  #: (K,), of the MSE over the folds
    se: np.ndarray  #: (K,), the standard error of that mean
    lambda_min: float  #: the λ with the smallest mean
    lambda_1se: float  #: the largest λ whose mean is at most mean + se at lambda_min


def lambda_max(X: ArrayLike, y: ArrayLike) -> float:
    """The smallest λ at which every weight of the minimiser is 0:

        maxⱼ |2 x_cⱼᵀy_c/m|,   X_c = X − x̄, y_c = y − ȳ.

    X (m, n), y (m, 1) -> float.
    """
    X_c, y_c, _, _ = centre(*as_arrays(X, y))
    return float(np.abs(2 / len(X_c) * (X_c.T @ y_c)).max())


def lasso_path(X: ArrayLike, y: ArrayLike, lambda_coefs: ArrayLike | None = None) -> LassoPath:
    """The minimisers of (1/m) Σ (xᵢᵀw + b − yᵢ)² + λ‖w‖₁ for many λ, from one sweep over λ, knot to knot.

    X (m, n), y (m, 1), lambda_coefs: K numbers ≥ 0 in any order, by default 100 log-spaced from λ_max
    to λ_max/1000 -> LassoPath. The intercept is b = ȳ − x̄ᵀw. In scikit-learn's units this is
    `Lasso(alpha=lambda_coef / 2)`.

    With each minimiser comes a bound on L_S − min L_S of at most 1e-10 of var(y) = ‖y_c‖²/m: the duality
    gap, or at tiny λ the distance to least squares. Where the sweep's is larger `fista`'s steps go on from
    its weights, and where theirs is too a RuntimeError says so. λ = 0 is least squares by numpy's `lstsq`,
    with the bound 0: of several minimisers the shortest; a column smaller than 1e-13 of another is lost.
    Where columns depend on each other any λ may have several minimisers: one comes back, and it need not tend
    to the shortest as λ falls to 0.

    knots: as the sweep found them, from λ_max down to the smallest λ or 1e-12·λ_max; where the sweep was not
    certain at one of the K λ, only those above it. It is the K minimisers that are certified.
    Raises ValueError where the default λ do not exist: λ_max = 0.
    """
    X, y = as_arrays(X, y)
    return _solve(X, y, _as_lambda_coefs(lambda_coefs, X, y))


def cross_validate(
    X: ArrayLike,
    y: ArrayLike,
    lambda_coefs: ArrayLike | None = None,
    folds: int | ArrayLike | None = None,
    seed: int = 0,
) -> CrossValidation:
    """The mean squared error of each λ on rows its minimiser has not seen, and two choices of λ:

        λ_min lowers the mean over the folds most;
        λ_1se is the largest λ whose mean is at most mean(λ_min) + se(λ_min), se = std(ddof=1)/√F.

    X (m, n), y (m, 1), lambda_coefs as in `lasso_path`; folds: the fold number of each row (m,), or how
    many, F from 2 to m, by default 10, or m where there are fewer rows. A number F puts row i into fold
    p[i] % F, where p = `numpy.random.default_rng(seed).permutation(m)` -> CrossValidation.
    Nothing is rescaled inside the folds: X is taken as it comes. Raises ValueError for
    folds that are none of these, and otherwise as `lasso_path`.
    Source: Hastie, Tibshirani, Friedman, *The Elements of Statistical Learning*, section 7.10.
    """
    X, y = as_arrays(X, y)
    lambda_coefs = _as_lambda_coefs(lambda_coefs, X, y)
    fold_of_row = as_folds(folds, len(X), seed)
    errors = [_fold_error(X, y, fold_of_row == fold, lambda_coefs) for fold in np.unique(fold_of_row)]
    return _choose(lambda_coefs, np.array(errors))


def _fold_error(X, y, held_out, lambda_coefs):
    """The mean squared error on the rows held out, (K,)."""
    try:
        fit = _solve(X[~held_out], y[~held_out], lambda_coefs)
    except RuntimeError as error:
        raise RuntimeError(f"without the {held_out.sum()} rows of a fold, {error}") from None
    return ((X[held_out] @ fit.weights.T + fit.biases - y[held_out]) ** 2).mean(axis=0)


def _solve(X, y, lambda_coefs):
    """`lasso_path` of what has been checked."""
    X_c, y_c, X_mean, y_mean = centre(X, y)
    swept = homotopy(2 / len(X) * (X_c.T @ X_c), 2 / len(X) * (X_c.T @ y_c)[:, 0], lambda_coefs.min())
    weights, bounds = swept.at(lambda_coefs), np.zeros(len(lambda_coefs))
    positive = lambda_coefs > 0
    if not positive.all():
        weights[~positive] = least_squares(X_c, y_c)[:, 0]
    bounds[positive] = gaps(X_c, y_c, weights[positive], lambda_coefs[positive])
    doubtful = np.flatnonzero(~(bounds <= enough(y_c)))  # NaN is doubtful, too
    for k in doubtful:
        weights[k], bounds[k] = _certify(X_c, y_c, weights[k], lambda_coefs[k])
    knots = [knot for knot in swept.knots if knot.lambda_coef > lambda_coefs[doubtful].max(initial=0)]
    return LassoPath(lambda_coefs, weights, y_mean - weights @ X_mean, bounds, knots)


def _certify(X_c, y_c, weight, lambda_coef):
    """Weights (n,) and a bound on their L_S − min L_S that is small enough, from weights whose gap is not.

    Two bounds that rounding hurts less come first. Where large weights cancel, the gap is taken at a residual
    whose slopes on the active features are λs to the last digit (`aligned`). Where λ is so small that
    rounding hides all slopes, min L_S is at least the MSE of least squares w* (as `lstsq` finds it), so

        L_S(w) − min L_S ≤ ‖X_c(w − w*)‖²/m + λ‖w‖₁.

    Then `fista`'s steps go on from w.
    """
    lambda_coefs = np.array([lambda_coef])
    gap = gaps(X_c, y_c, weight[None], lambda_coefs, aligned(X_c, y_c, weight, lambda_coef))[0]
    away = X_c @ (weight[:, None] - least_squares(X_c, y_c))
    bound = min(gap, (away**2).mean() + lambda_coef * np.abs(weight).sum())
    if bound <= enough(y_c):
        return weight, bound
    for iteration, stepped in enumerate(proximal_steps(X_c, y_c, lambda_coef, start=weight[:, None])):
        if iteration % 10 == 0:
            gap = gaps(X_c, y_c, stepped.T, lambda_coefs)[0]
            if gap <= enough(y_c):
                return stepped[:, 0], gap
            if iteration >= MAX_STEPS_MORE:
                raise _not_certain(X_c, lambda_coef, gap / (y_c**2).mean())


def _not_certain(X_c, lambda_coef, share):
    return RuntimeError(
        f"at λ = {lambda_coef:.3g} no minimiser is certain: the duality gap is {share:.1e} of var(y), not "
        f"{TOLERANCE:.0e}, and {MAX_STEPS_MORE:,} steps of FISTA did not close it. The condition number of "
        f"X's centred columns is {np.linalg.cond(X_c):.0e}: z-score them if their scales differ, leave one "
        f"out if it is almost, but not exactly, a combination of others, or take another λ"
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
