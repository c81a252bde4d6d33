"""The lasso's whole path in one sweep: linear in λ between two knots, at which a feature enters or leaves."""

from typing import NamedTuple

import numpy as np

DEPENDENT = 1e-12  # 1 − R² of a column on the active ones up to which it counts as dependent on them
LOWEST = 1e-12  # share of λ_max at which the path ends: below it rounding outweighs what turns
# For each feature: a guard against going round in circles where many tie. A path can have (3ⁿ + 1)/2 pieces
# (Mairal, Yu 2012, *Complexity analysis of the lasso regularization path*); those of data have a few times n.
MAX_KNOTS = 1000
BOUNDS = np.array([[1.0], [-1.0]])  # of c − Hw: λ and −λ


class Knot(NamedTuple):
    """A λ at which, as λ falls, one feature enters or leaves."""

    lambda_coef: float  #: the λ
    feature: int  #: the feature's column
    enters: bool  #: or leaves


class Path(NamedTuple):
    """The weights at λ_max, at each knot and at the lowest λ: Q places, and linear between them."""

    lambda_coefs: np.ndarray  # (Q,), falling
    weights: np.ndarray  # (Q, n)
    knots: list[Knot]

    def at(self, lambda_coefs: np.ndarray) -> np.ndarray:
        """The weights at K values of λ, (K, n): 0 above λ_max, and straight on below the lowest λ."""
        right = np.searchsorted(-self.lambda_coefs, -lambda_coefs).clip(1, len(self.lambda_coefs) - 1)
        above, below = self.lambda_coefs[right - 1], self.lambda_coefs[right]
        share = ((above - lambda_coefs) / np.where(above > below, above - below, 1))[:, None]
        return (1 - share) * self.weights[right - 1] + share * self.weights[right]


def homotopy(hessian: np.ndarray, correlation: np.ndarray, lowest: float) -> Path:
    """The minimisers of ½wᵀHw − cᵀw + λ‖w‖₁ for λ from λ_max = maxⱼ|cⱼ| down to max(lowest, 1e-12·λ_max).

    hessian: H (n, n), symmetric, without an eigenvalue below 0; correlation: c (n,). Let S be the active
    features, those that are in, and s their signs. There c − Hw is λs, elsewhere from −λ to λ (KKT). As
    λ falls by δ,

        w_S grows by δp, p = H_SS⁻¹s, and c − Hw falls by δ·H_·S p   (H_·S: the columns of H in S),

    until a weight reaches 0, and its feature leaves, or an entry of c − Hw meets λ or −λ, and its feature
    enters with that sign. Where a column depends on the active ones, x_j = X_S a, its entry is λ·aᵀs: it
    stays on its bound, and waits, until one of them leaves. Nothing is certified here, but by `lasso_path`.
    Sources: Osborne, Presnell, Turlach (2000), *A new approach to variable selection in least squares
    problems*; Efron, Hastie, Johnstone, Tibshirani (2004), *Least angle regression*, section 3.1;
    Tibshirani (2013), *The lasso problem and uniqueness*, for columns that depend on each other.
    """
    sweep = _Sweep(hessian, correlation)
    lowest = max(lowest, LOWEST * sweep.lam)
    lambda_coefs, weights = [sweep.lam], [sweep.weights.copy()]
    knots: list[Knot] = []
    while sweep.lam > lowest and len(knots) < MAX_KNOTS * len(correlation):
        knots += sweep.fall(lowest)
        lambda_coefs.append(sweep.lam)
        weights.append(sweep.weights.copy())
    return Path(np.array(lambda_coefs), np.array(weights), knots)


class _Sweep:
    """Where the sweep stands: λ, the weights, c − Hw, and the k active features, in the order they came."""

    def __init__(self, hessian, correlation):
        n = len(correlation)
        self.hessian, self.correlation = hessian, correlation
        self.lam, self.weights = np.abs(correlation).max(), np.zeros(n)
        # Of what follows the first k are in use.
        self.k, self.active, self.signs, self.direction = 0, np.zeros(n, dtype=int), np.zeros(n), np.zeros(n)
        self.rows, self.inverse = np.zeros((n, n)), np.zeros((n, n))  # the active rows of H, and H_SS⁻¹
        self.shut = np.zeros(n, dtype=bool)  # no entry: active already, or dependent on those that are

    def fall(self, lowest):
        """λ falls to the next knot, or to lowest -> the knot, in a list of one or none."""
        k = self.k
        active, signs = self.active[:k], self.signs[:k]
        direction = self.direction[:k].copy()  # an entry changes it
        rate = direction @ self.rows[:k]
        meets, leaves = self._meets(rate), _until(self.weights[active] * signs, -direction * signs)
        zero = leaves.min(initial=np.inf)
        step = min(self.lam - lowest, zero)
        new = self._first_to_enter(meets, step)
        if new is not None:
            step = meets[:, new].min()
        self.lam -= step
        self.weights[active] += step * direction
        self.correlation = self.correlation - step * rate
        self.correlation[active] = self.lam * signs  # as it is but for rounding
        if new is not None:
            return [Knot(float(self.lam), new, True)]
        return [Knot(float(self.lam), self._leave(int(leaves.argmin())), False)] if step == zero else []

    def _meets(self, rate):
        """How far λ may fall until each entry of c − Hw meets λ, and until it meets −λ: (2, n)."""
        meets = _until(self.lam - BOUNDS * self.correlation, 1 - BOUNDS * rate)
        meets[:, self.shut] = np.inf
        return meets

    def _first_to_enter(self, meets, step):
        """Makes active the feature that meets a bound first, before λ has fallen by step; -> it, or None."""
        while meets.min() < step:
            bound, new = divmod(int(meets.argmin()), meets.shape[1])
            self.shut[new] = True
            if self._enter(new, BOUNDS[bound, 0]):
                return new
            meets[:, new] = np.inf
        return None

    def _enter(self, new, sign):
        """Makes a feature active unless it depends on those that are; -> whether it did.

        The inverse is bordered; its new corner is 1 / the Schur complement of H_SS.
        """
        k, rows, inverse, cross = self.k, self.rows, self.inverse, self.rows[: self.k, new]
        border = np.append(-inverse[:k, :k] @ cross, 1)
        border[:k] -= inverse[:k, :k] @ (cross + (border[:k] @ rows[:k])[self.active[:k]])  # refined once
        schur = self.hessian[new, new] + cross @ border[:k]
        if schur <= DEPENDENT * self.hessian[new, new]:
            return False
        self.active[k], self.signs[k], rows[k], self.k = new, sign, self.hessian[new], k + 1
        inverse[: k + 1, : k + 1] += border[:, None] * (border / schur)
        self.direction[: k + 1] += border * ((border @ self.signs[: k + 1]) / schur)
        return True

    def _leave(self, i):
        """The i-th active feature leaves, and those that wait may try again; -> the feature."""
        k, rest, feature = self.k - 1, np.delete(np.arange(self.k), i), int(self.active[i])
        border, corner = self.inverse[rest, i], self.inverse[i, i]
        self.direction[:k], self.direction[k] = (
            self.direction[rest] - border * (self.direction[i] / corner),
            0,
        )
        self.inverse[:k, :k] = self.inverse[np.ix_(rest, rest)] - border[:, None] * (border / corner)
        self.inverse[k], self.inverse[:, k] = 0, 0
        self.rows[:k], self.active[:k], self.signs[:k] = self.rows[rest], self.active[rest], self.signs[rest]
        self.k, self.weights[feature], self.shut[:] = k, 0, False
        self.shut[self.active[:k]] = True
        return feature


def _until(distance, speed):
    """When each distance is covered at its speed: at 0 if rounding made it negative, never at speed ≤ 0."""
    return np.divide(distance.clip(0), speed, out=np.full(distance.shape, np.inf), where=speed > 0)
