"""The sweep over λ: its knots are those of scikit-learn's LARS, its minimisers certain on random tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import Lasso, LinearRegression, lars_path

from lasso_helpers import duality_gap, lambda_max, lasso_path
from lasso_helpers.homotopy import homotopy


def violation(X, y, weights, lam):
    """By how much of λ the conditions of a minimiser are missed (KKT)."""
    X_c, y_c = X - X.mean(axis=0), (y - y.mean())[:, 0]
    slope = 2 / len(X) * X_c.T @ (y_c - X_c @ weights)
    off = np.where(weights != 0, np.abs(slope - lam * np.sign(weights)), np.abs(slope) - lam)
    return off.max() / lam


def wide(m, n, seed):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((m, n))
    return X, X[:, :3].sum(axis=1, keepdims=True) + rng.standard_normal((m, 1))


def correlated(m, n, seed):
    X, y = wide(m, n, seed)
    return X + 2 * X[:, -1:], y


TABLES = {
    "more rows": wide(50, 8, 0),
    "more columns": wide(20, 60, 1),
    "correlated": correlated(40, 12, 2),
    "correlated, more columns": correlated(15, 30, 3),
}


@pytest.mark.parametrize("name", [*TABLES, "prostate", "diabetes"])
def test_the_knots_are_scikit_learns(name, request):
    X, y = (
        TABLES[name] if name in TABLES else (part.numpy() for part in request.getfixturevalue(name).exact[:2])
    )
    top = lambda_max(X, y)
    X_c, y_c = X - X.mean(axis=0), (y - y.mean())[:, 0]
    alphas, _, coefs = lars_path(X_c, y_c, method="lasso", alpha_min=0.01 * top / 2)
    knots = lasso_path(X, y, [0.01 * top]).knots
    np.testing.assert_allclose([knot.lambda_coef for knot in knots], 2 * alphas[:-1], rtol=1e-9)
    # At its knot a weight is 0: one that enters is not at the next knot, one that leaves was not before.
    inside = np.abs(coefs) > 1e-12  # scikit-learn's 0 is rounding, which differs from BLAS to BLAS
    for k, knot in enumerate(knots):
        assert inside[knot.feature, k + 1 if knot.enters else max(k - 1, 0)], knot
        assert not inside[knot.feature, k], knot


def test_a_feature_may_leave_and_come_back_with_the_other_sign(diabetes):
    both = zip(diabetes.exact[:2], diabetes.exact[2:4])
    X, y = (np.concatenate([part.numpy() for part in parts]) for parts in both)
    X = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)
    path = lasso_path(X, y, [0.3, 0.05])
    turns = [knot.enters for knot in path.knots if knot.feature == diabetes.feature_names.index("s3")]
    assert turns == [True, False, True]
    assert np.prod(path.weights[:, diabetes.feature_names.index("s3")]) < 0


def test_knots_end_at_the_smallest_lambda_and_are_named_by_it(prostate):
    X, y = prostate.exact[:2]
    assert [knot.lambda_coef > 0.5 for knot in lasso_path(X, y, [2.0, 0.5, 0.7]).knots] == [True] * 3
    assert lasso_path(X, y, [2.0]).knots == []
    assert len(lasso_path(X, y, [0]).knots) == 8


# Where a path is not unique, or hardly one


def columns_that_tie():
    """Whole numbers; the first two columns enter at one λ."""
    X = np.array([[1.0, 1, 0], [1, -1, 0], [-1, 1, 0], [-1, -1, 0], [0, 0, 2], [0, 0, -2]])
    return X, X @ [[3.0], [3], [0]] + X[:, 2:]


def twice_another(m=200):
    a, c, noise = np.random.default_rng(0).standard_normal((3, m, 1))
    return np.hstack([a, 2 * a + 1, c]), a + c + noise


def with_columns(*others):
    X, y = TABLES["more rows"]
    return np.hstack([X, *others]), y


ROWS = TABLES["more rows"][0]
GROUP = np.arange(40) % 4
EDGES = {
    "ties": columns_that_tie(),
    "a column twice another": twice_another(),
    "copies and opposites": with_columns(ROWS, -ROWS),
    "constant columns": with_columns(np.zeros((50, 1)), np.full((50, 1), 0.1)),
    "more columns than rows": TABLES["more columns"],
    "two rows": (np.array([[0.0, 3, 1], [1, 1, 1]]), np.array([[1.0], [2]])),
    "a column for each of four values": (np.eye(4)[GROUP], (GROUP + 0.1 * np.arange(40))[:, None]),
}


@pytest.mark.parametrize("name", EDGES)
@pytest.mark.parametrize("share", [1, 0.9, 0.5, 0.1, 0.001])
def test_edges_are_scikit_learns(name, share):
    X, y = EDGES[name]
    lam = share * lambda_max(X, y)
    path = lasso_path(X, y, [lam])
    theirs = Lasso(alpha=lam / 2, tol=1e-13, max_iter=1_000_000).fit(X, y[:, 0])
    # Where columns depend on each other the weights need not be unique; what they predict is.
    np.testing.assert_allclose(path.predict(X)[:, 0], theirs.predict(X), atol=1e-5 * y.std())
    assert np.abs(path.weights[0]).sum() == pytest.approx(np.abs(theirs.coef_).sum(), rel=1e-4, abs=1e-12)
    assert violation(X, y, path.weights[0], lam) < 1e-9


@pytest.mark.parametrize("name", EDGES)
def test_edges_above_lambda_max_at_0_and_beside_it(name):
    X, y = EDGES[name]
    top = lambda_max(X, y)
    path = lasso_path(X, y, [2 * top, top, 1e-12, 0])
    assert (path.weights[:2] == 0).all() and path.knots[0].lambda_coef == top
    least_squares = LinearRegression().fit(X, y[:, 0]).predict(X)
    for k in (2, 3):
        np.testing.assert_allclose(path.predict(X)[:, k], least_squares, atol=1e-8 * y.std())
    shortest = np.linalg.pinv(X - X.mean(axis=0)) @ (y - y.mean())[:, 0]
    np.testing.assert_allclose(path.weights[3], shortest, atol=1e-9)


def test_a_column_that_depends_on_those_inside_waits():
    X, y = EDGES["a column twice another"]
    path = lasso_path(X, y, [0])
    assert [(knot.feature, knot.enters) for knot in path.knots] == [(1, True), (2, True)]


def test_nearly_one_column_many_times_is_solved_to_rounding():
    # The Gram matrix' condition number is 1e6: the bordered inverse alone would be off by 1e-4.
    rng = np.random.default_rng(0)
    for _ in range(20):
        X = rng.standard_normal((40, 1)) + 1e-3 * rng.standard_normal((40, 12))
        y = X[:, :1] + rng.standard_normal((40, 1))
        X_c, y_c = X - X.mean(axis=0), y - y.mean()
        path = homotopy(2 / 40 * X_c.T @ X_c, (2 / 40 * X_c.T @ y_c)[:, 0], 0)
        lam = 1e-4 * path.lambda_coefs[0]
        assert violation(X, y, path.at(np.array([lam]))[0], lam) < 1e-6


@pytest.mark.filterwarnings("ignore:Objective did not converge")  # theirs, as near as it gets
def test_weights_that_cancel_are_certain_by_an_aligned_residual():
    # Columns correlated .9999993: right to 3e-10, but their own residual proves no gap below 1e-10.
    rng = np.random.default_rng(1)
    Z = rng.standard_normal((40, 3))
    X = np.column_stack([Z, Z[:, 0] + 1e-3 * rng.standard_normal(40)])
    y = 1000 * (X[:, [0]] - X[:, [3]]) + 0.1 * rng.standard_normal((40, 1))
    lam = 1e-4 * lambda_max(X, y)
    path = lasso_path(X, y, [lam])
    assert path.gaps[0] <= 1e-10 * y.var() < duality_gap(X, y, path.weights.T, path.biases, lam)
    theirs = Lasso(alpha=lam / 2, tol=1e-15, max_iter=300_000).fit(X, y[:, 0])
    worth = lambda w, b: ((X @ w + b - y[:, 0]) ** 2).mean() + lam * np.abs(w).sum()
    assert worth(path.weights[0], path.biases[0]) <= worth(theirs.coef_, theirs.intercept_) + 1e-13


def test_a_column_of_another_scale_depends_by_its_own_share():
    rng = np.random.default_rng(1)
    X = rng.standard_normal((30, 3)) * [1, 1e-5, 1e5]
    y = rng.standard_normal((30, 1))
    scaled = lasso_path(X, y, [1e-9 * lambda_max(X, y)])
    assert sorted(knot.feature for knot in scaled.knots) == [0, 2]
    assert len(lasso_path(X[:, :2] * [1e-5, 1], y, [0]).knots) == 2


def test_the_sweep_ends_after_a_number_of_knots(monkeypatch):
    X, y = TABLES["more columns"]
    products = X.T @ X, (X.T @ y)[:, 0]
    assert len(homotopy(*products, 0).knots) > 12
    monkeypatch.setattr("lasso_helpers.homotopy.MAX_KNOTS", 0.2)  # for each of 60 columns
    assert len(homotopy(*products, 0).knots) == 12


def worst_case(n):
    """Mairal and Yu's columns, whose path has as many pieces as one can have; centred by their opposites."""
    X, y = np.ones((1, 1)), np.ones((1, 1))
    while len(X) < n:
        lowest = homotopy(X.T @ X, (X.T @ y)[:, 0], 0).lambda_coefs[-2]  # the last knot
        small = lowest / (2 * (y**2).sum() + 1) / 2
        X = np.block([[X, 2 * small * y], [np.zeros((1, len(X))), np.full((1, 1), small)]])
        y = np.vstack([y, [[1.0]]])
    return np.vstack([X, -X]), np.vstack([y, -y])


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_the_longest_path_there_is_has_all_its_knots(n):
    X, y = worst_case(n)
    path = lasso_path(X, y, [1e-8 * lambda_max(X, y)])
    assert len(path.knots) + 1 == (3**n + 1) // 2


KINDS = ["noise", "0 and 1", "whole numbers", "copies", "scales", "zeros", "rank", "dummies", "constant"]


def table(rng, kind, m, n):
    X = rng.standard_normal((m, n))
    match kind:
        case "0 and 1":
            return rng.integers(0, 2, (m, n)).astype(float)
        case "whole numbers":
            return rng.integers(-3, 4, (m, n)).astype(float)
        case "copies":
            return X[:, rng.integers(0, n, n)] * rng.choice([-1, 1, 2], n)
        case "scales":
            return X * 10.0 ** rng.uniform(-6, 6, n)
        case "zeros":
            return X * (rng.random(n) < 0.7)
        case "rank":
            return X[:, : n // 2 + 1] @ rng.integers(-2, 3, (n // 2 + 1, n))
        case "dummies":
            return np.eye(n)[rng.integers(0, n, m)]
        case "constant":
            return X * (rng.random(n) < 0.5) + rng.integers(-5, 6, n)
    return X


def label(rng, X, kind):
    match kind:
        case "0 and 1":
            return rng.integers(0, 2, (len(X), 1)).astype(float)
        case "exact":
            return X[:, :1] + X[:, -1:]
        case "whole numbers":
            return rng.integers(0, 5, (len(X), 1)).astype(float)
    return rng.standard_normal((len(X), 1))


@settings(max_examples=2000, deadline=None, database=None, derandomize=True)
@given(
    m=st.integers(2, 60),
    n=st.integers(1, 80),
    kind=st.sampled_from(KINDS),
    target=st.sampled_from(["noise", "0 and 1", "exact", "whole numbers"]),
    scale=st.integers(-6, 6),
    seed=st.integers(0, 2**32 - 1),
)
def test_whatever_the_table_each_minimiser_is_certain(m, n, kind, target, scale, seed):
    rng = np.random.default_rng(seed)
    X = table(rng, kind, m, n)
    y = label(rng, X, target) * 10.0**scale
    top = lambda_max(X, y)
    if top <= 1e-14 * np.abs(X).max() * np.abs(y).max():
        return  # nothing is correlated with y but by rounding: there is no path
    path = lasso_path(X, y, top * np.array([1.5, 1, 0.7, 0.2, 0.03, 0.001]))
    assert (path.weights[:2] == 0).all()
    for lam, weights, bias in zip(path.lambda_coefs, path.weights, path.biases):
        assert duality_gap(X, y, weights[:, None], bias, lam) <= 1.01e-10 * y.var()
