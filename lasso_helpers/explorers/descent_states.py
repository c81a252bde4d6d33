"""The four states of a descent with a fixed learning rate."""

import numpy as np

STATE_COLORS = {
    "still descending": "#5B6B7B",
    "arrived": "#00796B",
    "hovering": "#B87700",
    "diverging": "#B00020",
    "running": "#8A8A8A",  # before its last iteration
}


ARRIVED = 1 / 1000  # of var(y): as near to the minimum as one can see


def descent_states(grid, minima, y_variance, eigenvalues):
    """The state of each run of a `CurveGrid`, (K, A) strings, from the objective's excess over its minimum,
    e_t = L_S(w_t, b_t) − min L_S, in windows of T/10 steps, and from theory: along the eigenvectors of the
    MSE's Hessian a step keeps 1 − α·eigenvalue of the distance.

        diverging         α > 2/h
        arrived           e_t ≤ var(y)/1000 in the whole last window
        still descending  not arrived, and: λ = 0; or some |1 − α·eigenvalue|ᵀ > 1 %, and e_t either fell
                          at every step of the last window, or its mean there is 15 % or more below its
                          mean in the window before (or at the first step, where T is smaller)
        hovering          none of these: with a fixed α the loop stays in a band about the minimum

    minima (K,), min L_S for each λ; y_variance, of the training labels; eigenvalues (n + 1,), of `curvature`.
    """
    excess = grid.objective - minima[:, None, None]
    T = excess.shape[2]
    window = max(T // 10, 1)
    last, before = excess[..., -window:], excess[..., max(T - 2 * window, 0) : max(T - window, 1)]
    with np.errstate(all="ignore"):  # a diverged run holds infinities
        arrived = (last <= ARRIVED * y_variance).all(axis=2)
        falling = last.mean(axis=2) <= 0.85 * before.mean(axis=2)
        if window > 1:
            falling |= (np.diff(last) < 0).all(axis=2)
        falling &= np.abs(1 - np.outer(grid.lrs, eigenvalues)).max(axis=1) ** T > 0.01
    falling |= (grid.lambda_coefs == 0)[:, None]
    diverging = np.broadcast_to(grid.lrs > 2 / eigenvalues[-1], arrived.shape)
    return np.select([diverging, arrived, falling], ["diverging", "arrived", "still descending"], "hovering")
