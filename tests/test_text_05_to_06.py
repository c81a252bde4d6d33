"""The numbers that notebooks 05 and 06 tell, against scikit-learn, numpy and plain loops."""

import re

import numpy as np
import pytest
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import Lasso, lars_path

import oracles
from reading import cell, printed


@pytest.fixture(scope="module")
def raw():
    return oracles.prostate_as_raw()


def lecture_loop(raw, lam, steps, seed):
    torch.manual_seed(seed)
    w, b = torch.randn(8, 1).numpy()[:, 0].astype(float), torch.randn(1).item()
    for _ in range(steps):
        r = raw.X @ w + b - raw.y
        w, b = w - 0.01 * (2 / 67 * raw.X.T @ r + lam * np.sign(w)), b - 0.01 * 2 * r.mean()
    return w


@pytest.mark.parametrize("steps", [250, 2500])
def test_clipping_at_twice_the_threshold_is_as_often_right_as_printed(raw, steps):
    right = 0
    for lam in (0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0):
        is_in = oracles.lasso(raw.X, raw.y, lam)[0] != 0
        for seed in range(5):
            kept = np.abs(lecture_loop(raw, lam, steps, seed)) >= 2 * 0.01 * lam
            right += (kept == is_in).all()
    assert f"after {steps} steps: the exact set in {right} of 35" in printed("05_exact_zeros", "clip")


def test_autograds_gradient_at_the_minimiser_is_the_squared_errors_where_a_weight_is_0(raw):
    w, b = oracles.lasso(raw.X, raw.y, 1)
    g = 2 / 67 * raw.X.T @ (raw.X @ w + b - raw.y)
    shown = re.findall(r"∇L_S = +(\S+)", printed("05_exact_zeros", "kkt-table"))
    np.testing.assert_allclose([float(value) for value in shown], np.where(w == 0, g, 0), atol=6e-4)


def test_no_proximal_step_goes_uphill_below_the_limit_and_most_do_above(raw):
    def uphill(lr, lam=0.02):
        w, b, heights = np.zeros(8), raw.y.mean(), []
        for _ in range(1000):
            r = raw.X @ w + b - raw.y
            v = w - lr * 2 / 67 * raw.X.T @ r
            w, b = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0), b - lr * 2 * r.mean()
            heights.append(oracles.mse(raw.X, raw.y, w, b) + lam * np.abs(w).sum())
        return (np.diff(heights) > 1e-12).sum()

    H = 2 / 67 * np.column_stack([raw.X, np.ones(67)]).T @ np.column_stack([raw.X, np.ones(67)])
    assert 0.29 < 2 / np.linalg.eigvalsh(H)[-1] < 0.30
    text = printed("05_exact_zeros", "both-sides-of-the-limit")
    assert uphill(0.29) == 0 and "α = 0.29: 0 of 999" in text
    assert uphill(0.30) > 900 and re.search(r"λ = 0.02, α = 0.30: 9\d\d of 999", text)


@pytest.mark.parametrize("lam", [0.1, 0.5, 1.0])
def test_the_notebooks_coordinate_descent_is_scikit_learns_lasso(raw, lam):
    names = {"np": np}
    exec(cell("05_exact_zeros", "coordinate-descent").source, names)
    w = names["coordinate_descent"](raw.X, raw.y[:, None], lam, 100)[:, 0]
    np.testing.assert_allclose(w, oracles.lasso(raw.X, raw.y, lam)[0], atol=1e-7)


def violation(raw, w, b, lam):
    g = 2 / 67 * raw.X.T @ (raw.X @ w + b - raw.y)
    return max(
        abs(slope + lam * np.sign(part)) if part else max(abs(slope) - lam, 0) for part, slope in zip(w, g)
    )


def proximal_steps(raw, lam, steps):
    """From w = 0 at α = 1/h, with the best intercept."""
    X, y = raw.X - raw.X.mean(axis=0), raw.y - raw.y.mean()
    w, lr = np.zeros(8), 67 / 2 / np.linalg.norm(X, 2) ** 2
    for _ in range(steps):
        v = w - lr * 2 / 67 * X.T @ (X @ w - y)
        w = np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0)
    return w, raw.y.mean() - raw.X.mean(axis=0) @ w


def test_the_violation_falls_to_0_by_ista_and_not_in_the_lectures_loop(raw):
    text = printed("05_exact_zeros", "violations")
    for steps in (5, 10, 20, 40):
        off = violation(raw, *proximal_steps(raw, 1, steps), 1)
        assert f"ISTA, {steps:2} steps: violation {off:.5f}" in text
    assert off < 1e-5
    b = oracles.lasso(raw.X, raw.y, 1)[1]
    walked = oracles.walk(raw.X, raw.y, 1, 0.01, 2500)
    for steps in (250, 2500):
        w, _ = walked[steps - 1]
        assert (w != 0).all()
        assert f"lecture, {steps} steps: violation {violation(raw, w, b, 1):.2f}" in text
    assert violation(raw, w, b, 1) > 1


@pytest.mark.filterwarnings(f"ignore::{ConvergenceWarning.__module__}.{ConvergenceWarning.__name__}")
@pytest.mark.parametrize("n", [1, 2, 5, 10, 20])
def test_after_n_sweeps_and_n_steps_the_violation_is_the_printed_one(n, raw):
    swept = Lasso(alpha=0.25, max_iter=n, tol=0).fit(raw.X, raw.y)  # scikit-learn's coordinate descent
    by_turns = violation(raw, swept.coef_, swept.intercept_, 0.5)
    by_step = violation(raw, *proximal_steps(raw, 0.5, n), 0.5)
    said = f"after {n:2} sweeps {by_turns:.0e}, after {n:2} steps {by_step:.0e}"
    assert said in printed("05_exact_zeros", "sweeps-and-steps")


def jump_limits(raw):
    """(λ + |g|)/λ at λ = 1 of the seven zeros: how many αλ such a weight can jump."""
    w, b = oracles.lasso(raw.X, raw.y, 1)
    return 1 + np.abs(2 / 67 * raw.X.T @ (raw.X @ w + b - raw.y))[1:]


def test_the_wobble_keeps_to_its_law(raw):
    for name, limit in zip(raw.names[1:], jump_limits(raw)):
        assert f"{name:8} jumps at most {limit:.2f} αλ" in printed("05_exact_zeros", "slopes-at-the-answer")
    text, far, widths = printed("05_exact_zeros", "law-against-loop"), [], []
    assert f"predicted        {' '.join(f'{value:.2f}' for value in jump_limits(raw))}" in text
    for lr in (0.002, 0.004, 0.008):
        late = np.array([w[1:] for w, _ in oracles.walk(raw.X, raw.y, 1, lr, 4000)[-2000:]]) / lr
        far.append(np.abs(late).max(axis=0))
        widths.append(np.ptp(late, axis=0))
        assert f"seen, α = {lr:5}  {' '.join(f'{value:.2f}' for value in far[-1])}" in text
    off = np.abs(far - jump_limits(raw)).max()
    assert f"largest difference: {off:.2f}" in text and off < 0.02
    assert f"width of the bands: {np.min(widths):.2f} to {np.max(widths):.2f} αλ" in text
    np.testing.assert_allclose(widths, 2, atol=0.05)  # 2αλ


def test_longer_training_leaves_the_largest_of_the_seven_as_it_is(raw):
    walked = np.array([w for w, _ in oracles.walk(raw.X, raw.y, 1, 0.01, 2500)])
    assert (walked != 0).all()
    for step in (250, 1000, 2500):
        largest = np.abs(walked[step - 100 : step, 1:]).max()
        said = f"step {step:4}: largest of the seven {largest:.3f}, zeros so far 0"
        assert said in printed("05_exact_zeros", "train-longer") and largest == pytest.approx(0.019, abs=5e-4)


def test_penalty_and_threshold_together_are_twice_the_penalty(raw):
    assert "would count twice" in cell("05_exact_zeros", "read-count").source
    w, b = oracles.start(8)
    for _ in range(700):
        r = raw.X @ w + b - raw.y
        v = w - 0.01 * (2 / 67 * raw.X.T @ r + 0.5 * np.sign(w))
        w, b = np.sign(v) * np.maximum(np.abs(v) - 0.01 * 0.5, 0), b - 0.01 * 2 * r.mean()
    exact = {lam: oracles.lasso(raw.X, raw.y, lam)[0][0] for lam in (0.5, 1.0)}
    assert w[0] == pytest.approx(exact[1.0], abs=5e-3) and exact[0.5] > exact[1.0] + 0.1


@pytest.mark.parametrize("steps", [1, 5, 10, 20])
def test_the_gap_by_the_texts_formula_is_above_the_true_distance(steps, raw):
    def objective(w, b):
        return oracles.mse(raw.X, raw.y, w, b) + np.abs(w).sum()

    X_c, y_c = raw.X - raw.X.mean(axis=0), raw.y - raw.y.mean()
    w, b = proximal_steps(raw, 1, steps)
    r = y_c - X_c @ w
    r = r * min(1, 1 / np.abs(2 / 67 * X_c.T @ r).max())
    distance = objective(w, b) - objective(*oracles.lasso(raw.X, raw.y, 1))
    gap = objective(w, b) - (2 * r @ y_c - r @ r) / 67
    said = f"step {steps:2}: true distance {distance:.6f} ≤ gap {gap:.6f}"
    assert said in printed("05_exact_zeros", "gap-against-truth") and distance <= gap


def test_the_next_knot_by_hand_is_that_of_lars(raw):
    alphas, order, _ = lars_path(raw.X - raw.X.mean(0), raw.y - raw.y.mean(), method="lasso")
    text = printed("06_lasso_path", "next-knot")
    assert f"next enters {raw.names[order[2]]}, at λ = {2 * alphas[2]:.3f}" in text
    w = oracles.lasso(raw.X, raw.y, alphas[1] + alphas[2])[0][:2]
    assert text.count(" ".join(f"{value:.4f}" for value in w)) == 2  # by the line and by FISTA


def test_what_the_one_se_rule_costs_fold_by_fold(raw):
    fold, cost = np.random.default_rng(0).permutation(67) % 10, []
    highest = oracles.lambda_max(raw.X, raw.y)
    lams = highest * np.logspace(0, -3, 100)
    both = [lams[np.abs(lams - lam).argmin()] for lam in (0.3505, 0.0265)]
    for k in range(10):
        out = fold == k
        fits = [oracles.lasso(raw.X[~out], raw.y[~out], lam) for lam in both]
        errors = [oracles.mse(raw.X[out], raw.y[out], *fit) for fit in fits]
        cost.append(errors[0] - errors[1])
    mean, se = np.mean(cost), np.std(cost, ddof=1) / 10**0.5
    assert f"λ_1se costs {mean:.3f} ± {se:.3f}" in printed("06_lasso_path", "two-choices")
