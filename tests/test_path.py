import numpy as np
import pytest
import torch
from sklearn.linear_model import Lasso

from lasso_helpers import lambda_max, lasso_path, ridge_closed_form


def objective(X, y, weights, bias, lambda_coef):
    return float(((X @ weights[:, None] + bias - y) ** 2).mean() + lambda_coef * np.abs(weights).sum())


def test_lambda_max_of_the_prostate_data(prostate):
    assert lambda_max(prostate.X_train, prostate.y_train) == pytest.approx(1.7446, abs=5e-5)


def test_at_lambda_max_all_weights_are_zero_and_just_below_one_is_not(problem):
    highest = lambda_max(*problem)
    path = lasso_path(*problem, [highest, 0.99 * highest])
    assert (path.weights[0] == 0).all() and (path.weights[1] != 0).sum() == 1
    assert path.biases[0] == pytest.approx(problem[1].mean().item())


def test_a_toy_solved_by_hand():
    # X = −1, 0, 1, y = X: (2/3)(w − 1)² + λ|w| is lowest at w = 1 − 3λ/4.
    X = np.array([[-1.0], [0.0], [1.0]])
    assert lasso_path(X, X, [0.4]).weights[0, 0] == pytest.approx(0.7)


def test_an_orthonormal_x_is_soft_thresholding_at_half_lambda():
    rng = np.random.default_rng(0)
    q, _ = np.linalg.qr(rng.standard_normal((50, 5)) - 0)
    X = np.linalg.qr(q - q.mean(axis=0))[0] * np.sqrt(50)
    y = X @ np.array([[2.0], [-1], [0.4], [0.1], [0]]) + 0.1 * rng.standard_normal((50, 1))
    least_squares = (X.T @ (y - y.mean()) / 50)[:, 0]
    expected = np.sign(least_squares) * np.maximum(np.abs(least_squares) - 0.5 / 2, 0)
    np.testing.assert_allclose(lasso_path(X, y, [0.5]).weights[0], expected, atol=1e-5)


@pytest.mark.parametrize("share", [1.1, 0.5, 0.1, 0.01])
def test_the_minimiser_is_scikit_learns(problem, share):
    X, y = (part.numpy() for part in problem)
    lambda_coef = share * lambda_max(X, y)
    path = lasso_path(X, y, [lambda_coef])
    theirs = Lasso(alpha=lambda_coef / 2, tol=1e-12, max_iter=100_000).fit(X, y[:, 0])
    assert (path.weights[0] == 0).tolist() == (theirs.coef_ == 0).tolist()
    np.testing.assert_allclose(path.weights[0], theirs.coef_, atol=1e-5)


def test_the_gap_bounds_the_true_distance(problem):
    X, y = (part.numpy() for part in problem)
    lambda_coefs = lambda_max(X, y) / np.array([1.5, 4, 20, 500])
    path = lasso_path(X, y, lambda_coefs)
    for lam, weights, bias, gap in zip(lambda_coefs, path.weights, path.biases, path.gaps):
        best = Lasso(alpha=lam / 2, tol=1e-14, max_iter=1_000_000).fit(X, y[:, 0])
        distance = objective(X, y, weights, bias, lam) - objective(X, y, best.coef_, best.intercept_, lam)
        assert -1e-12 <= distance <= gap + 1e-12 and gap <= 1e-10 * y.var()


def test_at_0_it_is_least_squares(problem):
    np.testing.assert_allclose(
        lasso_path(*problem, [0]).weights[0], ridge_closed_form(*problem, 0)[0][:, 0], rtol=1e-7
    )


def test_by_default_100_values_from_lambda_max_down(prostate):
    path = lasso_path(prostate.X_train, prostate.y_train)
    highest = lambda_max(prostate.X_train, prostate.y_train)
    assert path.lambda_coefs.shape == (100,) and path.weights.shape == (100, 8)
    assert path.lambda_coefs[0] == highest and path.lambda_coefs[-1] == pytest.approx(highest / 1000)


def test_the_kkt_conditions_hold_on_the_prostate_data(prostate):
    X, y = prostate.X_train.double().numpy(), prostate.y_train.double().numpy()
    path = lasso_path(X, y, [0.1, 0.5, 1])
    assert (path.weights != 0).sum(axis=1).tolist() == [6, 3, 1]
    for lam, weights, bias in zip(path.lambda_coefs, path.weights, path.biases):
        gradient = (2 / 67 * X.T @ (X @ weights[:, None] + bias - y))[:, 0]
        active = weights != 0
        np.testing.assert_allclose(gradient[active], -lam * np.sign(weights[active]), atol=1e-4)
        assert (np.abs(gradient[~active]) <= lam + 1e-9).all()


def test_a_constant_y_needs_no_iteration():
    path = lasso_path(np.random.default_rng(0).standard_normal((9, 2)), np.full((9, 1), 4.0), [0, 0.5])
    assert np.abs(path.weights).max() < 1e-12 and path.biases == pytest.approx([4, 4])


@pytest.mark.parametrize(
    "lambda_coefs, message",
    [
        ([], "lambda_coefs must be a list of one number or more"),
        ([-1], r"lambda_coefs\[0\] must be a finite number ≥ 0"),
        (0.5, r"lambda_coefs must be a list of one number or more, got shape \(\)"),
    ],
)
def test_lasso_path_says_what_is_wrong(problem, lambda_coefs, message):
    with pytest.raises(ValueError, match=message):
        lasso_path(*problem, lambda_coefs)


def test_lambda_max_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"y must be \(2, 1\), .* got shape \(3, 1\)"):
        lambda_max(torch.eye(2), torch.ones(3, 1))
