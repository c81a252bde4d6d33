"""Which features are drawn loud, each with a row or a line and its name, and which are quiet."""

from typing import NamedTuple

import numpy as np

from .. import drawing
from ..data import centre
from ..homotopy import homotopy

LOUD = 12  # at most: more names do not fit into a picture
LISTED = 6  # names in a sentence, where a table has more features than LOUD
QUIET_LOOK = {"color": drawing.OTHERS, "markersize": 6, "markeredgewidth": 1.4}


class Features(NamedTuple):
    names: np.ndarray  # (n,), whole
    loud: np.ndarray  # (L,), columns, in the order of their rows
    quiet: np.ndarray  # (n − L,), all others
    order: np.ndarray  # (n,), columns in the order in which sentences name them

    def draw_rows(self, *, ax, limit, hollow="◇"):
        """`drawing.weight_rows` of the loud features, and one for all others."""
        drawing.weight_rows(
            self.names[self.loud].tolist(), ax=ax, limit=limit, hollow=hollow, others=len(self.quiet)
        )

    def draw_marks(self, weights, look, *, ax, shift=0.0):
        """`drawing.weight_marks` of the weights (..., n) in these rows."""
        marks = drawing.weight_marks(weights[..., self.loud], look, ax=ax, shift=shift)
        if len(self.quiet):
            last = np.full(len(self.quiet), len(self.loud))
            look = {**look, **QUIET_LOOK}
            marks |= drawing.weight_marks(weights[..., self.quiet], look, ax=ax, shift=shift, rows=last)
        return marks

    def listed(self, chosen):
        """The names of the chosen ones (n,), of more than LOUD features no more than the first LISTED."""
        names = self.names[self.order][np.asarray(chosen)[self.order]]
        if len(self.names) > LOUD and len(names) > LISTED:
            return f"{', '.join(names[:LISTED])} and {len(names) - LISTED} more"
        return ", ".join(names) or "none"


def as_features(features, names, X, y):
    """The `Features` of a table of these names: loud are `features`, by default all where there are at most
    LOUD, else the first LOUD to enter the lasso's path of X (m, n), y (m, 1)."""
    order = np.arange(len(names)) if len(names) <= LOUD else by_entry(X, y)
    loud = order[:LOUD] if features is None else _columns(features, names)
    return Features(np.array(names), loud, np.setdiff1d(order, loud), order)


def by_entry(X, y):
    """The columns of X (m, n) as they enter the lasso's path while λ falls to λ_max/1000, then those that do
    not, in their own order; (n,)."""
    X_c, y_c, _, _ = centre(X, y)
    hessian, slope = (2 / len(X) * X_c.T @ part for part in (X_c, y_c[:, 0]))
    path = homotopy(hessian, slope, lowest=np.abs(slope).max() / 1000)
    entered = [knot.feature for knot in path.knots if knot.enters]
    return np.array(list(dict.fromkeys([*entered, *range(X.shape[1])])))


def _columns(features, names):
    is_list = np.iterable(features) and not isinstance(features, str)
    listed = list(features) if is_list else [features]
    are_known = 1 <= len(listed) <= LOUD and all(name in names for name in listed)
    if not is_list or not are_known or len(set(listed)) < len(listed):
        raise ValueError(
            f"features must be a list of 1 to {LOUD} different names of data.feature_names, got {features!r}"
        )
    return np.array([names.index(name) for name in listed])
