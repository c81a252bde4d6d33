"""The lasso's whole path in one sweep: linear in λ between two knots, at which a feature enters or leaves."""

from typing import NamedTuple

import numpy as np

DEPENDENT = 1e-12  # share of its own variance at which what a column adds to those inside counts as nothing
LOWEST = 1e-12  # share of λ_max at which the path ends: what turns below it is rounding
MAX_KNOTS = 20  # for each feature; a path that turns more often goes round in circles


class Knot(NamedTuple):
    """A λ at which, as λ falls, one feature enters or leaves."""

    lambda_coef: float
    feature: int  # its column
    enters: bool


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


def homotopy(hessian: np.ndarray, slope: np.ndarray, lowest: float) -> Path:
    """The minimisers of ½wᵀHw − cᵀw + λ‖w‖₁ for every λ from λ_max = maxⱼ|cⱼ| down to lowest ≥ 0.

    hessian: H (n, n), symmetric, without an eigenvalue below 0; slope: c (n,). Let S be the features inside
    and s their signs. There c − Hw is λs, elsewhere at most λ in size. As λ falls by δ,

        w_S grows by δp, p = H_SS⁻¹s, and c − Hw falls by δ·Hp,

    until a weight reaches 0, and leaves, or an entry of c − Hw meets λ or −λ, and enters with that sign. A
    column that depends on those inside waits until one of them leaves.
    Sources: Osborne, Presnell, Turlach (2000), *A new approach to variable selection in least squares
    problems*; Efron, Hastie, Johnstone, Tibshirani (2004), *Least angle regression*, section 3.1.
    """
    sweep = _Sweep(hessian, slope)
    lambda_coefs, weights = [sweep.lam], [sweep.weights.copy()]
    knots: list[Knot] = []
    while sweep.lam > max(lowest, LOWEST * lambda_coefs[0]) and len(knots) < MAX_KNOTS * len(slope):
        knots += sweep.fall(max(lowest, LOWEST * lambda_coefs[0]))
        lambda_coefs.append(sweep.lam)
        weights.append(sweep.weights.copy())
    return Path(np.array(lambda_coefs), np.array(weights), knots)


class _Sweep:
    """Where the sweep stands: λ, the weights, c − Hw, and the k features inside, in the order they came."""

    def __init__(self, hessian, slope):
        n = len(slope)
        self.hessian, self.slope, self.lam, self.weights = hessian, slope, np.abs(slope).max(), np.zeros(n)
        self.k, self.order, self.signs, self.pull = 0, np.zeros(n, dtype=int), np.zeros(n), np.zeros(n)
        self.rows, self.inverse = np.zeros((n, n)), np.zeros((n, n))  # of H, and of H_SS: k of n are in use
        self.shut = np.zeros(n, dtype=bool)  # no entry: the features inside, and what depends on them

    def fall(self, lowest):
        """λ falls to the next knot, or to lowest -> the knot, in a list of one or none."""
        inside, signs, pull = self.order[: self.k], self.signs[: self.k], self.pull[: self.k].copy()
        turn = pull @ self.rows[: self.k]
        meets, leaves = self._meets(turn), _until(self.weights[inside] * signs, -pull * signs)
        step = min(self.lam - lowest, leaves.min(initial=np.inf))
        new = self._first_to_enter(meets, step)
        if new is not None:
            step = meets[:, new].min()
        self.lam -= step
        self.weights[inside] += step * pull
        self.slope = self.slope - step * turn
        self.slope[inside] = self.lam * signs  # as it is but for rounding
        if new is not None:
            return [Knot(float(self.lam), new, True)]
        if step in leaves:
            return [Knot(float(self.lam), self._leaves(int(leaves.argmin())), False)]
        return []

    def _meets(self, turn):
        """How far λ may fall until each entry of c − Hw meets λ, and until it meets −λ: (2, n)."""
        bounds = np.array([[1.0], [-1.0]])
        meets = _until(self.lam - bounds * self.slope, 1 - bounds * turn)
        meets[:, self.shut] = np.inf
        return meets

    def _first_to_enter(self, meets, step):
        """The feature that has entered before λ has fallen by step, if there is one."""
        while meets.min() < step:
            bound, new = divmod(int(meets.argmin()), meets.shape[1])
            self.shut[new] = True
            if self._enters(new, (1.0, -1.0)[bound]):
                return new
            meets[:, new] = np.inf
        return None

    def _enters(self, new, sign):
        """Whether the column could go in: the bordered inverse, by what it adds, its Schur complement."""
        k, rows, inverse, cross = self.k, self.rows, self.inverse, self.rows[: self.k, new]
        border = np.append(-inverse[:k, :k] @ cross, 1)
        # What the inverse's rounding left over is solved for once more.
        border[:k] -= inverse[:k, :k] @ (cross + (border[:k] @ rows[:k])[self.order[:k]])
        adds = self.hessian[new, new] + cross @ border[:k]
        if adds <= DEPENDENT * self.hessian[new, new]:
            return False
        self.order[k], self.signs[k], rows[k], self.k = new, sign, self.hessian[new], k + 1
        inverse[: k + 1, : k + 1] += border[:, None] * (border / adds)
        self.pull[: k + 1] += border * ((border @ self.signs[: k + 1]) / adds)
        return True

    def _leaves(self, i):
        """The i-th feature inside leaves, and those that wait may try again."""
        k, rest, feature = self.k - 1, np.delete(np.arange(self.k), i), int(self.order[i])
        border, corner = self.inverse[rest, i], self.inverse[i, i]
        self.pull[:k], self.pull[k] = self.pull[rest] - border * (self.pull[i] / corner), 0
        self.inverse[:k, :k] = self.inverse[np.ix_(rest, rest)] - border[:, None] * (border / corner)
        self.inverse[k], self.inverse[:, k] = 0, 0
        self.rows[:k], self.order[:k], self.signs[:k] = self.rows[rest], self.order[rest], self.signs[rest]
        self.k, self.weights[feature], self.shut[:] = k, 0, False
        self.shut[self.order[:k]] = True
        return feature


def _until(distance, speed):
    """Where each distance ends at its speed: 0 where rounding left less than nothing, ∞ where it grows."""
    return np.divide(distance.clip(0), speed, out=np.full(distance.shape, np.inf), where=speed > 0)
