"""The proximal step, which reaches exact zeros; the solvers made of it; and the proof that they are done."""

from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike

from .arguments import as_array, as_arrays, as_count, as_number
from .closed_form import least_squares
from .data import centre

TOLERANCE = 1e-10  # of var(y): the duality gap at which a minimiser counts as found
MAX_ITERATIONS = 100_000
BLOCK = 4096  # rows at a time, so that many residuals stay near the processor


class Fit(NamedTuple):
    """Where `ista` or `fista` ended: float64 arrays, and the gap, a float."""

    weight: np.ndarray  #: (n, 1)
    bias: np.ndarray  #: (1,)
    objective: np.ndarray  #: (T,), L_S after each of the T steps
    gap: float  #: bounds L_S(w, b) − min L_S

    def predict(self, X: ArrayLike) -> np.ndarray:
        """X @ weight + bias: X (m, n) -> (m, 1)."""
        return as_array("X", X, columns=len(self.weight)) @ self.weight + self.bias


def soft_threshold(w: Any, threshold: Any) -> Any:
    """The minimiser over v of ½(v − w)² + τ|v|, entry by entry, with τ = threshold ≥ 0:

        sign(w) · max(|w| − τ, 0).

    A tensor or array of any shape -> its like; exactly 0 where |w| ≤ τ. For (v − w)² + λ|v|, τ is λ/2.
    Source: Donoho, Johnstone (1994), *Ideal spatial adaptation by wavelet shrinkage*.
    """
    if isinstance(w, np.ndarray):
        limit: Any = np.asarray(threshold)
    else:  # a number as tensor would be float32, too coarse for a w in float64
        w, limit = torch.as_tensor(w), torch.as_tensor(threshold, dtype=torch.float64)
    if not (limit >= 0).all():
        raise ValueError(f"threshold must be ≥ 0, got {limit.min():g}")
    return w - w.clip(-limit, limit)  # the part of w within ±τ is what is taken away


def ista(
    X: ArrayLike,
    y: ArrayLike,
    lambda_coef: float,
    num_iterations: int | None = None,
    lr: float | None = None,
) -> Fit:
    """Proximal gradient descent on L_S, from w = 0 and with the best intercept, b = ȳ − x̄ᵀw, all along:

        w ← S(w − α·g, αλ),   g = −2X_cᵀ(y_c − X_c w)/m,   S the soft threshold.

    X (m, n), y (m, 1), lambda_coef ≥ 0, lr: α > 0, by default 1/(largest eigenvalue of 2X_cᵀX_c/m)
    -> Fit, of num_iterations steps. Without that number it steps until the duality gap is at most
    1e-10 of var(y), and raises RuntimeError if it is not after 100,000 steps. From α = 2/(that
    eigenvalue) on it may diverge.
    Source: Daubechies, Defrise, De Mol (2004), *An iterative thresholding algorithm for linear inverse
    problems with a sparsity constraint*.
    """
    return _fit(X, y, lambda_coef, num_iterations, lr, accelerate=False)


def fista(
    X: ArrayLike,
    y: ArrayLike,
    lambda_coef: float,
    num_iterations: int | None = None,
    lr: float | None = None,
) -> Fit:
    """`ista` with momentum: each step starts from a point ahead on the line through the last two,

        v = w_t + (k_t − 1)/k_{t+1} · (w_t − w_{t−1}),   k_{t+1} = (1 + √(1 + 4k_t²))/2,   k_1 = 1,

    and k returns to 1 whenever the step and the momentum point apart (adaptive restart).
    Arguments, Fit and errors as in `ista`.
    Sources: Beck, Teboulle (2009), *A fast iterative shrinkage-thresholding algorithm*;
    O'Donoghue, Candès (2015), *Adaptive restart for accelerated gradient schemes*.
    """
    return _fit(X, y, lambda_coef, num_iterations, lr, accelerate=True)


def duality_gap(X: ArrayLike, y: ArrayLike, weight: ArrayLike, bias: ArrayLike, lambda_coef: float) -> float:
    """A bound on L_S(w, b) − min L_S, for every (w, b): the objective minus the dual objective at s·r_c,

        ‖r‖²/m + λ‖w‖₁ − (2s·r_cᵀy_c − s²‖r_c‖²)/m,   r = y − Xw − b,   r_c = r − r̄,
        s = r_cᵀy_c/‖r_c‖² clipped to ±λ/‖2X_cᵀr_c/m‖∞, which makes s·r_c feasible.

    At λ = 0 only s·r_c = 0 is feasible unless w is least squares, and the bound would be of no use: there
    it is the distance itself, ‖X_c(w − w*)‖²/m + r̄², with w* of least squares.
    X (m, n), y (m, 1), weight (n, 1), bias (1,), lambda_coef ≥ 0 -> float, in y's units squared.
    Source: Fercoq, Gramfort, Salmon (2015), *Mind the duality gap: safer rules for the Lasso*.
    """
    X, y = as_arrays(X, y)
    weight = as_array("weight", weight)
    if weight.shape != (X.shape[1], 1):
        raise ValueError(
            f"weight must be ({X.shape[1]}, 1), a row for each column of X, got shape {weight.shape}"
        )
    bias = as_number("bias", bias)
    lambda_coef = as_number("lambda_coef", lambda_coef, at_least=0)
    X_c, y_c, _, _ = centre(X, y)
    mean_residual = (y - X @ weight - bias).mean()
    if lambda_coef == 0:
        excess = ((X_c @ (weight - least_squares(X_c, y_c))) ** 2).mean()
    else:
        excess = gaps(X_c, y_c, weight.T, np.array([lambda_coef]))[0]
    return float(excess + mean_residual**2)


def enough(y_c):
    """The gap at which a minimiser counts as found."""
    return TOLERANCE * (y_c**2).mean()


def gaps(X_c, y_c, weights, lambda_coefs, residuals=None):
    """`duality_gap` on centred data with the best intercept: weights (K, n), lambda_coefs (K,) > 0 -> (K,).

    residuals (m, K): what makes the dual objective, by default the weights' own; any others bound as well.
    """
    m, slope, own_own, r_r, r_y = len(X_c), 0.0, 0.0, 0.0, 0.0
    for start in range(0, m, BLOCK):
        rows = slice(start, start + BLOCK)
        own = y_c[rows] - X_c[rows] @ weights.T
        r = own if residuals is None else residuals[rows]
        slope = slope + X_c[rows].T @ r
        own_own = own_own + np.einsum("ik,ik->k", own, own) / m
        r_r, r_y = r_r + np.einsum("ik,ik->k", r, r) / m, r_y + (y_c[rows].T @ r)[0] / m
    with np.errstate(divide="ignore", invalid="ignore"):
        limit = lambda_coefs / (2 / m * np.abs(slope).max(axis=0))
        scale = np.where(r_r > 0, np.clip(r_y / r_r, -limit, limit), 0)
    # Never negative but by rounding.
    objective = own_own + lambda_coefs * np.abs(weights).sum(axis=1)
    bound = objective - (2 * scale * r_y - scale**2 * r_r)
    return np.maximum(bound, 0)


def aligned(X_c, y_c, weight, lambda_coef):
    """The residual (m, 1) of weights (n,), moved as little as it takes to make 2x_jᵀr/m = λ·sign(wⱼ) where
    wⱼ ≠ 0, as it is at a minimiser."""
    active = X_c[:, weight != 0]
    r = y_c - X_c @ weight[:, None]
    for _ in range(2):  # once more for what rounding leaves
        off = active.T @ r - len(X_c) * lambda_coef / 2 * np.sign(weight[weight != 0])[:, None]
        r = r - np.linalg.lstsq(active.T, off)[0]
    return r


def proximal_steps(X_c, y_c, lambda_coef, lr=None, start=0.0, accelerate=True):
    """Yields the weights (n, 1) after 0, 1, 2, … proximal steps from start, without end."""
    gram, correlation = X_c.T @ X_c / len(X_c), X_c.T @ y_c / len(X_c)
    if lr is None:
        steepest = 2 * np.linalg.eigvalsh(gram)[-1]
        lr = 1 / steepest if steepest > 0 else 1.0  # X_c = 0: any step leads to w = 0
    weight = ahead = start + np.zeros_like(correlation)
    momentum = 1.0
    while True:
        yield weight
        stepped = soft_threshold(ahead - lr * 2 * (gram @ ahead - correlation), lr * lambda_coef)
        if accelerate:
            # The point ahead, from which the next step starts; no momentum where it points back.
            move = stepped - weight
            if ((ahead - stepped) * move).sum() > 0:
                momentum = 1.0
            grown = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
            ahead = stepped + (momentum - 1) / grown * move
            momentum = grown
        else:
            ahead = stepped
        weight = stepped


def _fit(X, y, lambda_coef, num_iterations, lr, accelerate):
    X, y = as_arrays(X, y)
    lambda_coef = as_number("lambda_coef", lambda_coef, at_least=0)
    num_iterations = None if num_iterations is None else as_count("num_iterations", num_iterations)
    lr = None if lr is None else as_number("lr", lr, above=0)
    X_c, y_c, X_mean, y_mean = centre(X, y)
    objective = []
    with np.errstate(over="ignore", invalid="ignore"):  # an lr that is too large diverges to infinities
        for iteration, weight in enumerate(proximal_steps(X_c, y_c, lambda_coef, lr, accelerate=accelerate)):
            if iteration > 0:
                squared_error = ((y_c - X_c @ weight) ** 2).mean()
                objective.append(squared_error + lambda_coef * np.abs(weight).sum())
            if iteration == num_iterations or (num_iterations is None and iteration % 10 == 0):
                bias = y_mean - X_mean @ weight
                diverged = not np.isfinite(weight).all()
                gap = np.inf if diverged else duality_gap(X, y, weight, bias, lambda_coef)
                if num_iterations is not None or gap <= enough(y_c):
                    return Fit(weight, bias, np.array(objective), gap)
                if diverged or iteration >= MAX_ITERATIONS:
                    raise _not_done(gap / (y_c**2).mean(), iteration)


def _not_done(gap, iterations):
    return RuntimeError(
        f"the duality gap is {float(gap):.1e} of var(y) after {iterations:,} steps, "
        f"not {TOLERANCE:.0e}: lr is too large or too small, or X's columns are not z-scored or almost "
        f"linearly dependent"
    )
