"""The proximal step, which reaches exact zeros, and a solver that runs it for many λ at once."""

import torch


def soft_threshold(w, threshold):
    """The minimiser over v of ½(v − w)² + τ|v|, entry by entry, with τ = threshold ≥ 0:

        sign(w) · max(|w| − τ, 0).

    Any shape -> that shape; exactly 0 where |w| ≤ τ. For (v − w)² + λ|v|, τ is λ/2.
    Source: Donoho, Johnstone (1994), *Ideal spatial adaptation by wavelet shrinkage*.
    """
    w = torch.as_tensor(w)
    threshold = torch.as_tensor(threshold)
    if not bool((threshold >= 0).all()):
        raise ValueError(f"threshold must be ≥ 0, got {threshold.min().item():g}")
    return w.sign() * (w.abs() - threshold).clamp(min=0)


def minimise_batch(gram, correlation, y_variance, lambda_coefs, tolerance=1e-10, max_iterations=100_000):
    """The exact lasso minimisers of K values of λ side by side, by FISTA with adaptive restart.

    On centred data: gram = X_cᵀX_c/m (n, n), correlation = X_cᵀy_c/m (n, 1), y_variance = ‖y_c‖²/m;
    lambda_coefs (K,) > 0 -> weights (n, K), gaps (K,), all float64. Each column stops where its
    duality gap is at most tolerance · y_variance; RuntimeError where one has not by max_iterations.
    Sources: Beck, Teboulle (2009), *A fast iterative shrinkage-thresholding algorithm*;
    O'Donoghue, Candès (2015), *Adaptive restart for accelerated gradient schemes*.
    """
    lr = 1 / (2 * torch.linalg.eigvalsh(gram)[-1])
    weights = torch.zeros(len(gram), len(lambda_coefs), dtype=gram.dtype)
    ahead, momentum = weights, torch.ones(len(lambda_coefs), dtype=gram.dtype)
    for iteration in range(max_iterations + 1):
        if iteration % 10 == 0:
            gaps = _gaps(weights, gram, correlation, y_variance, lambda_coefs)
            done = gaps <= tolerance * y_variance
            if bool(done.all()):
                return weights, gaps
        # A proximal step from the point ahead: gradient, then soft threshold.
        gradient = 2 * (gram @ ahead - correlation)
        stepped = torch.where(done, weights, soft_threshold(ahead - lr * gradient, lr * lambda_coefs))
        # Momentum, dropped in each column where it points uphill.
        uphill = ((ahead - stepped) * (stepped - weights)).sum(dim=0) > 0
        momentum = torch.where(uphill, 1.0, momentum)
        grown = (1 + (1 + 4 * momentum**2).sqrt()) / 2
        ahead = stepped + (momentum - 1) / grown * (stepped - weights)
        weights, momentum = stepped, grown
    raise RuntimeError(f"the duality gap is {float(gaps.max() / y_variance):.1e} of var(y) "
                       f"after {max_iterations} iterations, not {tolerance:.0e}")


def _gaps(weights, gram, correlation, y_variance, lambda_coefs):
    """L_S(w) minus the dual objective at the residual scaled to be feasible, a bound on L_S(w) − min L_S:

        ‖r‖²/m + λ‖w‖₁ − (2s·rᵀy − s²‖r‖²)/m,   s = rᵀy/‖r‖² clipped to ±λ/‖2X_cᵀr/m‖∞,

    r = y_c − X_c w. weights (n, K) -> (K,)
    """
    fitted = gram @ weights
    r_y = y_variance - (correlation * weights).sum(dim=0)
    r_r = (r_y - (correlation * weights).sum(dim=0) + (weights * fitted).sum(dim=0)).clamp(min=0)
    limit = lambda_coefs / (2 * (correlation - fitted)).abs().amax(dim=0)
    scale = torch.where(r_r > 0, r_y / r_r, 0.0).clamp(-limit, limit)
    return r_r + lambda_coefs * weights.abs().sum(dim=0) - (2 * scale * r_y - scale**2 * r_r)
