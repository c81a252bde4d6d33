import warnings

import numpy as np
import pytest
import torch
from sklearn.linear_model import Lasso

from lasso_helpers import duality_gap, fista, ista, lambda_max, proximal, ridge_closed_form, soft_threshold
from lecture import lecture_run

both_solvers = pytest.mark.parametrize("solver", [ista, fista])


def kinds():
    """Data on which a solver may stumble: {name: (X (m, n), y (m, 1))}."""
    rng = np.random.default_rng(3)
    noise = rng.standard_normal
    easy = noise((60, 5)) + 4
    correlated = noise((60, 1)) + 0.3 * noise((60, 6))
    wide = noise((15, 40))
    return {
        "easy": (easy, easy[:, :1] - 2 * easy[:, 1:2] + noise((60, 1))),
        "correlated": (correlated, correlated[:, :1] + noise((60, 1))),
        "wide": (wide, 3 * wide[:, :1] + wide[:, 1:2] + noise((15, 1))),
        "one column": (easy[:, :1], 2 * easy[:, :1] + noise((60, 1))),
        "constant target": (easy, np.full((60, 1), 0.1)),
    }


each_kind = pytest.mark.parametrize("kind", kinds())
each_share = pytest.mark.parametrize("share", [1.1, 0.5, 0.05])


def strength(X, y, share):
    """λ as a share of λ_max, or as the share itself where λ_max is 0."""
    return share * (lambda_max(X, y) or 1)


def scikit_learns(X, y, lambda_coef):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its remark about a constant target
        return Lasso(alpha=lambda_coef / 2, tol=1e-14, max_iter=1_000_000).fit(X, y[:, 0])


def objective(X, y, weight, bias, lambda_coef):
    return ((X @ weight + bias - y) ** 2).mean() + lambda_coef * np.abs(weight).sum()


def test_soft_threshold_by_cases():
    w = [-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0]
    for kind in (torch.tensor, np.array):
        shrunk = soft_threshold(kind(w), 1.0)
        assert shrunk.tolist() == [-2, 0, 0, 0, 0, 0, 2] and isinstance(shrunk, type(kind(w)))


def test_soft_threshold_minimises_its_objective():
    v = np.linspace(-4, 4, 80_001)
    for w in (-2.0, -0.3, 0.7, 3.0):
        searched = v[np.argmin(0.5 * (v - w) ** 2 + 0.8 * np.abs(v))]
        assert soft_threshold(w, 0.8).item() == pytest.approx(searched, abs=1e-4)


def test_soft_threshold_keeps_ws_precision():
    w = torch.tensor([0.3], dtype=torch.float64)
    assert soft_threshold(w, 0.1).item() == 0.3 - 0.1
    assert soft_threshold(w.float(), 0.1).dtype == torch.float32


def test_soft_threshold_wants_a_threshold():
    for kind in (torch.tensor, np.array):
        with pytest.raises(ValueError, match="threshold must be ≥ 0, got -1"):
            soft_threshold(kind([1.0, 2.0]), kind([1.0, -1.0]))


@both_solvers
@each_kind
@each_share
def test_a_solver_agrees_with_scikit_learn_and_has_its_zeros(solver, kind, share):
    X, y = kinds()[kind]
    lambda_coef = strength(X, y, share)
    fit, theirs = solver(X, y, lambda_coef), scikit_learns(X, y, lambda_coef)
    np.testing.assert_allclose(fit.weight[:, 0], theirs.coef_, atol=1e-4)
    np.testing.assert_allclose(fit.bias, theirs.intercept_, atol=1e-3)
    assert (fit.weight[:, 0] == 0).tolist() == (theirs.coef_ == 0).tolist()
    assert fit.weight.shape == (X.shape[1], 1) and fit.bias.shape == (1,) and fit.gap <= 1e-10 * y.var()


@both_solvers
@each_kind
@each_share
def test_the_gap_bounds_the_true_distance_at_every_iteration(solver, kind, share):
    X, y = kinds()[kind]
    lambda_coef = strength(X, y, share)
    best = scikit_learns(X, y, lambda_coef)
    lowest = objective(X, y, best.coef_[:, None], best.intercept_, lambda_coef)
    for num_iterations in range(1, 60):
        fit = solver(X, y, lambda_coef, num_iterations)
        distance = fit.objective[-1] - lowest
        assert -1e-12 * (1 + y.var()) <= distance <= fit.gap + 1e-12 * (1 + y.var())


def test_the_gap_bounds_the_true_distance_at_10000_random_points():
    # Near and far, with any bias, with fewer and with more features than rows.
    rng = np.random.default_rng(0)
    for kind in ("easy", "correlated", "wide", "one column"):
        X, y = kinds()[kind]
        for share in (0.5, 0.05):
            lambda_coef = strength(X, y, share)
            best = scikit_learns(X, y, lambda_coef)
            lowest = objective(X, y, best.coef_[:, None], best.intercept_, lambda_coef)
            for size in 10 ** rng.uniform(-6, 4, size=1250):
                weight = best.coef_[:, None] * rng.integers(2) + size * rng.standard_normal((X.shape[1], 1))
                bias = best.intercept_ + rng.choice([0, 1, size]) * rng.standard_normal(1)
                distance = objective(X, y, weight, bias, lambda_coef) - lowest
                gap = duality_gap(X, y, weight, bias, lambda_coef)
                assert gap >= distance * (1 - 1e-9) - 1e-12


def test_the_gap_in_this_convention_is_the_formula(problem):
    X, y = (part.numpy() for part in problem)
    weight, bias, lam = np.array([[0.5], [-1.0], [0.1], [0.0]]), 2.0, 0.3
    r = y - X @ weight - bias
    r_c, y_c, m = r - r.mean(), y - y.mean(), len(X)
    limit = lam / np.abs(2 / m * X.T @ r_c).max()
    s = np.clip((r_c * y_c).sum() / (r_c**2).sum(), -limit, limit)
    by_hand = objective(X, y, weight, bias, lam) - (2 * s * (r_c * y_c).sum() - s**2 * (r_c**2).sum()) / m
    assert duality_gap(X, y, weight, bias, lam) == pytest.approx(by_hand, rel=1e-12)


def test_at_0_the_gap_is_the_distance_itself(problem):
    X, y = (part.numpy() for part in problem)
    weight, bias = ridge_closed_form(X, y, 0)
    assert duality_gap(X, y, weight, bias, 0) < 1e-12
    for k in range(20):
        away = weight.numpy() + np.random.default_rng(k).standard_normal((4, 1))
        distance = objective(X, y, away, 5.0, 0) - objective(X, y, weight.numpy(), bias.numpy(), 0)
        assert duality_gap(X, y, away, 5.0, 0) == pytest.approx(distance, rel=1e-9)


def test_a_constant_y_has_gap_0():
    X, y = kinds()["constant target"]
    assert duality_gap(X, y, np.zeros((5, 1)), 0.1, 0.5) == 0
    fit = fista(X, y, 0.5)
    assert fit.gap == 0 and (fit.weight == 0).all() and len(fit.objective) == 0


@both_solvers
def test_at_0_a_solver_finds_least_squares(solver, problem):
    fit = solver(*problem, 0)
    exact, bias = ridge_closed_form(*problem, 0)
    np.testing.assert_allclose(fit.weight, exact, atol=1e-4)
    np.testing.assert_allclose(fit.bias, bias, atol=1e-3)


def test_an_orthonormal_x_takes_one_step():
    # XᵀX/m = I: 1/h = 1/2, and the minimiser is least squares soft-thresholded at λ/2.
    rng = np.random.default_rng(0)
    noise = rng.standard_normal((50, 5))
    X = np.linalg.qr(noise - noise.mean(axis=0))[0] * np.sqrt(50)
    y = X @ [[2.0], [-1], [0.4], [0.1], [0]] + 0.1 * rng.standard_normal((50, 1))
    fit = ista(X, y, 0.5, num_iterations=1)
    expected = soft_threshold(X.T @ (y - y.mean()) / 50, 0.5 / 2)
    np.testing.assert_allclose(fit.weight, expected, atol=1e-12)
    assert fit.gap < 1e-12 and (fit.weight == 0).sum() == 2


def test_prostate_keeps_6_3_and_1_and_the_lectures_loop_all(prostate):
    for lambda_coef, kept in ((0.1, 6), (0.5, 3), (1, 1)):
        fit = ista(prostate.X_train, prostate.y_train, lambda_coef)
        assert (fit.weight != 0).sum() == kept
        model, *_ = lecture_run(prostate, lambda_coef)
        assert (model.weight != 0).all()


def test_istas_objective_never_rises_and_fista_needs_fewer_steps(prostate):
    X, y = (part.numpy() for part in prostate.exact[:2])
    slow, fast = ista(X, y, 0.1), fista(X, y, 0.1)
    assert (np.diff(slow.objective) <= 1e-12).all() and len(fast.objective) < len(slow.objective)
    last = objective(X, y, slow.weight, slow.bias, 0.1)
    assert slow.objective[-1] == pytest.approx(last, rel=1e-12)


def test_a_diverging_ista_raises_nothing_and_certifies_nothing(prostate):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        fit = ista(prostate.X_train, prostate.y_train, 0.1, num_iterations=2000, lr=0.4)
    assert fit.gap == np.inf and not np.isfinite(fit.objective[-1])
    with pytest.raises(RuntimeError, match=r"the duality gap is inf of var.y. after .* steps"):
        ista(prostate.X_train, prostate.y_train, 0.1, lr=0.4)


@both_solvers
def test_a_solver_at_its_ceiling_says_so(solver, prostate, monkeypatch):
    monkeypatch.setattr(proximal, "MAX_ITERATIONS", 10)
    with pytest.raises(RuntimeError, match=r"the duality gap is \S+ of var.y. after 10 steps, not 1e-10"):
        solver(prostate.X_train, prostate.y_train, 0.1)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"lambda_coef": -1}, "lambda_coef must be a finite number ≥ 0, got -1"),
        ({"num_iterations": 0}, "num_iterations must be a whole number ≥ 1, got 0"),
        ({"lr": 0}, "lr must be a finite number > 0, got 0"),
        ({"y": np.ones(30)}, r"y must be 2-D .* got shape \(30,\)"),
        ({"X": np.full((30, 4), np.nan)}, "X must hold finite numbers, got NaN or infinity"),
    ],
)
def test_a_solver_says_what_is_wrong(problem, arguments, message):
    X, y = problem
    with pytest.raises(ValueError, match=message):
        ista(**{"X": X, "y": y, "lambda_coef": 1, **arguments})


@pytest.mark.parametrize(
    "weight, bias, lambda_coef, message",
    [
        (np.zeros((3, 1)), 0, 1, r"weight must be \(4, 1\), .* got shape \(3, 1\)"),
        (np.zeros((4, 1)), [0, 1], 1, r"bias must be a finite number, got \[0, 1\]"),
        (np.zeros((4, 1)), 0, -1, "lambda_coef must be a finite number ≥ 0, got -1"),
    ],
)
def test_duality_gap_says_what_is_wrong(problem, weight, bias, lambda_coef, message):
    with pytest.raises(ValueError, match=message):
        duality_gap(*problem, weight, bias, lambda_coef)


def test_fistas_first_step_is_istas_at_the_lr_given(problem):
    X, y = (part.numpy() for part in problem)
    centred = X - X.mean(axis=0)
    by_hand = soft_threshold(0.01 * 2 / 30 * centred.T @ (y - y.mean()), 0.01 * 0.4)
    for solver in (ista, fista):
        np.testing.assert_allclose(solver(X, y, 0.4, num_iterations=1, lr=0.01).weight, by_hand, atol=1e-15)


def test_certificates_side_by_side_are_those_one_by_one():
    X, y = kinds()["easy"]
    X_c, y_c = X - X.mean(axis=0), y - y.mean()
    rng, lambda_coefs = np.random.default_rng(0), np.array([0.1, 0.5, 2.0])
    weights = rng.standard_normal((3, 5))
    biases = y.mean() - weights @ X.mean(axis=0)
    one_by_one = [duality_gap(X, y, w[:, None], b, lam) for w, b, lam in zip(weights, biases, lambda_coefs)]
    np.testing.assert_allclose(proximal.gaps(X_c, y_c, weights, lambda_coefs), one_by_one)


def test_fistas_first_steps_are_those_of_beck_and_teboulle():
    # t_1 = 1, t_{k+1} = (1 + √(1 + 4t_k²))/2, the next step starts at w_k + (t_k − 1)/t_{k+1}·(w_k − w_{k−1})
    X, y = kinds()["correlated"]
    X_c, y_c = X - X.mean(axis=0), y - y.mean()
    lam, lr = strength(X, y, 0.05), 0.4 / np.linalg.eigvalsh(2 * X_c.T @ X_c / len(X))[-1]
    before = w = ahead = np.zeros((6, 1))
    t = 1.0
    for k in range(1, 9):
        moved = ahead - lr * 2 / len(X) * X_c.T @ (X_c @ ahead - y_c)
        before, w = w, np.sign(moved) * np.maximum(np.abs(moved) - lr * lam, 0)
        np.testing.assert_allclose(fista(X, y, lam, num_iterations=k, lr=lr).weight, w, atol=1e-12)
        t, t_before = (1 + np.sqrt(1 + 4 * t**2)) / 2, t
        ahead = w + (t_before - 1) / t * (w - before)
