"""The numbers that notebooks 05 and 06 tell, against scikit-learn, numpy and plain loops."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
import torch
from sklearn.linear_model import Lasso, lars_path

import lasso_helpers
import oracles
from reading import output_text

FOLDER = Path(__file__).parents[1] / "notebooks"


def cell(stem, name):
    return next(cell for cell in nbformat.read(FOLDER / f"{stem}.ipynb", 4).cells if cell.id == name)


def printed(stem, name):
    return output_text([cell(stem, name)])


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


def test_with_more_features_than_rows_scikit_learn_keeps_as_many(raw):
    rng, found, others = np.random.default_rng(0), [], []
    for _ in range(50):
        X = rng.standard_normal((1040, 120))
        y = (X[:, :5].sum(axis=1) + rng.standard_normal((1040, 1))[:, 0])[:40]
        X = X[:40]
        candidates = oracles.lambda_max(X, y) * np.logspace(0, -1.3, 40)
        lam = lasso_helpers.cross_validate(X, y[:, None], candidates).lambda_1se
        kept = Lasso(alpha=lam / 2, tol=1e-8, max_iter=100_000).fit(X, y).coef_ != 0
        found.append(kept[:5].sum())
        others.append(kept[5:].sum())
    found, others = np.array(found), np.array(others)
    text = printed("06_lasso_path", "wide-draws")
    assert f"all five are in {np.sum(found == 5)} of 50, {found.mean():.1f} on average" in text
    assert f"others with them: {others.mean():.1f} on average" in text
    assert f"the five alone: in {np.sum((found == 5) & (others == 0))} of 50" in text
    assert np.sum((found == 5) & (others > 0)) > 25  # the prediction's "in most"
