"""The proximal step, which reaches exact zeros; the solvers made of it; and the proof that they are done."""

from typing import NamedTuple

import numpy as np
import torch

from .arguments import as_count, as_inputs_and_labels, as_matrix, as_number
from .closed_form import least_squares
from .data import centre

TOLERANCE = 1e-10  # of var(y): the duality gap at which a minimiser counts as found
MAX_ITERATIONS = 100_000


class Fit(NamedTuple):
    """Where `ista` or `fista` ended, float64."""

    weight: torch.Tensor  # (n, 1)
    bias: torch.Tensor  # (1,)
    objective: np.ndarray  # (T,), L_S after each of the T steps
    gap: float  # bounds L_S(w, b) − min L_S


def soft_threshold(w, threshold):
    """The minimiser over v of ½(v − w)² + τ|v|, entry by entry, with τ = threshold ≥ 0:

        sign(w) · max(|w| − τ, 0).

    A tensor or array of any shape -> its like; exactly 0 where |w| ≤ τ. For (v − w)² + λ|v|, τ is λ/2.
    Source: Donoho, Johnstone (1994), *Ideal spatial adaptation by wavelet shrinkage*.
    """
    if isinstance(w, np.ndarray):
        threshold = np.asarray(threshold)
    else:  # a number as tensor would be float32, too coarse for a w in float64
        w, threshold = torch.as_tensor(w), torch.as_tensor(threshold, dtype=torch.float64)
    if not (threshold >= 0).all():
        raise ValueError(f"threshold must be ≥ 0, got {threshold.min():g}")
    return w - w.clip(-threshold, threshold)  # the part of w within ±τ is what is taken away


def ista(X, y, lambda_coef, num_iterations=None, lr=None):
    """Proximal gradient descent on L_S, from w = 0 and with the best bias, b = ȳ − x̄ᵀw, all along:

        w ← S(w − α·g, αλ),   g = −2X_cᵀ(y_c − X_c w)/m,   S = `soft_threshold`.

    X (m, n), y (m, 1), lambda_coef ≥ 0, lr: α > 0, by default 1/(largest eigenvalue of 2X_cᵀX_c/m)
    -> Fit, of num_iterations steps. Without that number it steps until the duality gap is at most
    1e-10 of var(y), and raises RuntimeError if it is not after 100,000 steps. From α = 2/(that
    eigenvalue) on it may diverge.
    Source: Daubechies, Defrise, De Mol (2004), *An iterative thresholding algorithm for linear inverse
    problems with a sparsity constraint*.
    """
    return _fit(X, y, lambda_coef, num_iterations, lr, accelerate=False)


def fista(X, y, lambda_coef, num_iterations=None, lr=None):
    """`ista` with momentum: each step starts from a point ahead on the line through the last two,

        v = w_t + (k_t − 1)/k_{t+1} · (w_t − w_{t−1}),   k_{t+1} = (1 + √(1 + 4k_t²))/2,   k_1 = 1,

    and k returns to 1 whenever the step and the momentum point apart (adaptive restart).
    Arguments, Fit and errors as in `ista`.
    Sources: Beck, Teboulle (2009), *A fast iterative shrinkage-thresholding algorithm*;
    O'Donoghue, Candès (2015), *Adaptive restart for accelerated gradient schemes*.
    """
    return _fit(X, y, lambda_coef, num_iterations, lr, accelerate=True)


def duality_gap(X, y, weight, bias, lambda_coef):
    """A bound on L_S(w, b) − min L_S, for every (w, b): the objective minus the dual objective at s·r_c,

        ‖r‖²/m + λ‖w‖₁ − (2s·r_cᵀy_c − s²‖r_c‖²)/m,   r = y − Xw − b,   r_c = r − r̄,
        s = r_cᵀy_c/‖r_c‖² clipped to ±λ/‖2X_cᵀr_c/m‖∞, which makes s·r_c feasible.

    At λ = 0 only s·r_c = 0 is feasible, and the bound would be of no use: there it is the distance
    itself, ‖X_c(w − w*)‖²/m + r̄², with w* of least squares.
    X (m, n), y (m, 1), weight (n, 1), bias (1,), lambda_coef ≥ 0 -> float, in y's units squared.
    Source: Fercoq, Gramfort, Salmon (2015), *Mind the duality gap: safer rules for the Lasso*.
    """
    X, y = as_inputs_and_labels(X, y, torch.float64)
    weight = as_matrix("weight", weight, torch.float64)
    if weight.shape != (X.shape[1], 1):
        raise ValueError(
            f"weight must be ({X.shape[1]}, 1), a row for each column of X, got shape {tuple(weight.shape)}"
        )
    bias = as_number("bias", bias)
    lambda_coef = as_number("lambda_coef", lambda_coef, at_least=0)
    X_c, y_c, _, _ = centre(X, y)
    r = y - X @ weight - bias
    if lambda_coef == 0:
        return float(((X_c @ (weight - least_squares(X_c, y_c))) ** 2).mean() + r.mean() ** 2)
    r_c = y_c - X_c @ weight
    slope = 2 / len(X) * (X_c.T @ r_c).abs().max()
    parts = (r_c**2).mean(), (r_c * y_c).mean(), slope, weight.abs().sum()
    return float(_gap(*(part.numpy() for part in parts), lambda_coef) + r.mean() ** 2)


def minimise_batch(gram, correlation, y_variance, lambda_coefs):
    """The exact lasso minimisers of P problems and K values of λ side by side, by FISTA.

    On centred data: gram = X_cᵀX_c/m (P, n, n), correlation = X_cᵀy_c/m (P, n, 1), y_variance =
    ‖y_c‖²/m (P, 1); lambda_coefs (K,) > 0 -> weights (P, n, K), gaps (P, K), float64 arrays. Each
    minimiser is taken where its duality gap is at most 1e-10 of y_variance; RuntimeError where one's
    is not after 100,000 steps.
    """
    found = np.zeros((*correlation.shape[:2], len(lambda_coefs)))
    gaps = np.full((len(gram), len(lambda_coefs)), np.inf)
    steps, left = _proximal_steps(gram, correlation, lambda_coefs), np.arange(len(lambda_coefs))
    weights = next(steps)
    for _ in range(0, MAX_ITERATIONS + 1, 10):
        # A minimiser is kept where its gap closes first.
        now = _gaps(weights, gram, correlation, y_variance, lambda_coefs[left])
        new = (now <= TOLERANCE * y_variance) & np.isinf(gaps[:, left])
        found[:, :, left] = np.where(new[:, None], weights, found[:, :, left])
        gaps[:, left] = np.where(new, now, gaps[:, left])
        # A λ that every problem is done with leaves the batch.
        is_open = np.isinf(gaps[:, left]).any(axis=0)
        left = left[is_open]
        if not left.size:
            return found, gaps
        steps.send(is_open)
        for _ in range(9):
            weights = next(steps)
    raise _not_done(now.max() / y_variance.max(), MAX_ITERATIONS)


def _fit(X, y, lambda_coef, num_iterations, lr, accelerate):
    X, y = as_inputs_and_labels(X, y, torch.float64)
    lambda_coef = as_number("lambda_coef", lambda_coef, at_least=0)
    num_iterations = None if num_iterations is None else as_count("num_iterations", num_iterations)
    lr = None if lr is None else as_number("lr", lr, above=0)
    X_c, y_c, X_mean, y_mean = (part.numpy() for part in centre(X, y))
    gram, correlation, y_variance = X_c.T @ X_c / len(X), X_c.T @ y_c / len(X), (y_c**2).mean()
    steps = _proximal_steps(gram, correlation, lambda_coef, lr, accelerate)
    objective = []
    with np.errstate(over="ignore", invalid="ignore"):  # an lr that is too large diverges to infinities
        for iteration, weight in enumerate(steps):
            if iteration > 0:
                squared_error = ((y_c - X_c @ weight) ** 2).mean()
                objective.append(squared_error + lambda_coef * np.abs(weight).sum())
            if iteration == num_iterations or (num_iterations is None and iteration % 10 == 0):
                bias = y_mean - X_mean @ weight
                diverged = not np.isfinite(weight).all()
                gap = np.inf if diverged else duality_gap(X, y, weight, bias, lambda_coef)
                if num_iterations is not None or gap <= TOLERANCE * y_variance:
                    return Fit(torch.from_numpy(weight), torch.from_numpy(bias), np.array(objective), gap)
                if diverged or iteration >= MAX_ITERATIONS:
                    raise _not_done(gap / y_variance, iteration)


def _proximal_steps(gram, correlation, lambda_coefs, lr=None, accelerate=True):
    """Yields the weights after 0, 1, 2, … proximal steps from 0, without end, in the shape that
    gram (..., n, n), correlation (..., n, 1) and lambda_coefs (K,) or a number broadcast to. Sent a
    mask (K,), it goes on with these λ alone."""
    if lr is None:
        steepest = 2 * np.linalg.eigvalsh(gram)[..., -1:, None]
        lr = 1 / np.where(steepest > 0, steepest, 1.0)  # X_c = 0: any step leads to w = 0
    # A gradient step w − lr·2(Gw − c) is linear in w.
    keep, add, threshold = np.eye(gram.shape[-1]) - lr * 2 * gram, lr * 2 * correlation, lr * lambda_coefs
    weights = ahead = np.zeros_like(add * threshold)
    momentum = np.ones_like(weights[..., :1, :])
    while True:
        kept = yield weights
        if kept is not None:
            weights, ahead, momentum, threshold = (
                np.ascontiguousarray(part[..., kept]) for part in (weights, ahead, momentum, threshold)
            )
        stepped = soft_threshold(keep @ ahead + add, threshold)
        if accelerate:
            # The point ahead, from which the next step starts; no momentum where it points back.
            move = stepped - weights
            back = ((ahead - stepped) * move).sum(axis=-2, keepdims=True) > 0
            momentum[back] = 1
            grown = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
            ahead = stepped + (momentum - 1) / grown * move
            momentum = grown
        else:
            ahead = stepped
        weights = stepped


def _gaps(weights, gram, correlation, y_variance, lambda_coefs):
    """`duality_gap` for weights (P, n, K) with the best bias, from the products alone: (P, K)."""
    fitted = gram @ weights
    w_c = (correlation * weights).sum(axis=-2)
    r_y = y_variance - w_c
    r_r = np.maximum(r_y - w_c + (weights * fitted).sum(axis=-2), 0)
    slope = 2 * np.abs(correlation - fitted).max(axis=-2)
    return _gap(r_r, r_y, slope, np.abs(weights).sum(axis=-2), lambda_coefs)


def _gap(r_r, r_y, slope, size, lambda_coef):
    """The formula of `duality_gap`: ‖r_c‖²/m, r_cᵀy_c/m, ‖2X_cᵀr_c/m‖∞, ‖w‖₁, λ -> the bound (r̄² apart)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        limit = lambda_coef / slope
        scale = np.where(r_r > 0, np.clip(r_y / r_r, -limit, limit), 0)
    # Never negative but by rounding.
    return np.maximum(r_r + lambda_coef * size - (2 * scale * r_y - scale**2 * r_r), 0)


def _not_done(gap, iterations):
    return RuntimeError(
        f"the duality gap is {float(gap):.1e} of var(y) after {iterations:,} steps, "
        f"not {TOLERANCE:.0e}: lr is too large, or X's columns are not z-scored or almost "
        f"linearly dependent"
    )
