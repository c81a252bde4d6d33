import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression, Ridge

from lasso_helpers import curvature, largest_stable_lr, ridge_closed_form
from lasso_helpers.closed_form import ridge_path, shortest_least_squares


def test_ridge_of_a_toy_solved_by_hand():
    # X = −1, 0, 1, y = X: Σx²/m = 2/3, so w = (2/3)/(2/3 + λ).
    X = y = np.array([[-1.0], [0.0], [1.0]])
    weight, bias = ridge_closed_form(X, y, lambda_coef=1 / 3)
    assert weight.item() == pytest.approx(2 / 3) and bias.item() == pytest.approx(0)


@pytest.mark.parametrize("lambda_coef", [0.01, 0.5, 20])
def test_ridge_is_scikit_learns_with_alpha_m_lambda(problem, lambda_coef):
    X, y = problem
    weight, bias = ridge_closed_form(X, y, lambda_coef)
    theirs = Ridge(alpha=len(X) * lambda_coef).fit(X.numpy(), y.numpy())
    np.testing.assert_allclose(weight[:, 0], theirs.coef_.ravel(), rtol=1e-9)
    np.testing.assert_allclose(bias, theirs.intercept_, rtol=1e-9)


def test_ridge_at_0_is_least_squares(problem):
    X, y = problem
    weight, _ = ridge_closed_form(X, y, 0)
    np.testing.assert_allclose(
        weight[:, 0], LinearRegression().fit(X.numpy(), y.numpy()).coef_.ravel(), rtol=1e-8
    )


def test_ridges_gradient_is_zero_at_its_solution(problem):
    X, y = problem
    w, b = (part.requires_grad_() for part in ridge_closed_form(X, y, 0.3))
    loss = ((X @ w + b - y) ** 2).mean() + 0.3 * (w**2).sum()
    assert all(part.abs().max() < 1e-10 for part in torch.autograd.grad(loss, (w, b)))


def test_least_squares_test_error_is_the_books(prostate):
    weight, bias = ridge_closed_form(prostate.X_train, prostate.y_train, 0)
    error = ((prostate.X_test.double() @ weight + bias - prostate.y_test) ** 2).mean()
    assert float(error) == pytest.approx(0.521, abs=5e-4)  # ESL Table 3.3


def test_dependent_columns_have_no_unique_least_squares():
    X = np.array([[1.0, 2], [2, 4], [3, 6]])
    with pytest.raises(ValueError, match="lambda_coef must be > 0 where X's centred columns"):
        ridge_closed_form(X, X[:, :1], 0)
    assert ridge_closed_form(X, X[:, :1], 0.1)[0].shape == (2, 1)


def test_curvature_is_autograds_hessian(problem):
    X, y = problem
    mse = lambda params: ((X @ params[:4] + params[4] - y[:, 0]) ** 2).mean()
    hessian = torch.autograd.functional.hessian(mse, torch.zeros(5, dtype=torch.float64))
    np.testing.assert_allclose(curvature(X), np.linalg.eigvalsh(hessian), atol=1e-10)


def test_h_of_the_prostate_data(prostate):
    assert float(curvature(prostate.X_train)[-1]) == pytest.approx(6.7508, abs=5e-5)


@pytest.mark.parametrize("ridge_lambda", [0, 0.5, 3])
def test_descent_on_ridge_breaks_at_the_largest_stable_lr(problem, ridge_lambda):
    X, y = problem
    goal, _ = ridge_closed_form(X, y, ridge_lambda + 1e-12)  # (n, 1)
    limit = largest_stable_lr(X, ridge_lambda)
    left = []
    for lr in (0.99 * limit, 1.01 * limit):
        w, b = goal + 1, torch.zeros(1, dtype=X.dtype)
        for _ in range(3000):
            residual = X @ w + b - y
            w, b = (
                w - lr * (2 * X.T @ residual / len(X) + 2 * ridge_lambda * w),
                b - lr * 2 * residual.mean(),
            )
        left.append((w - goal).norm())
    assert left[0] < 4 < 1e6 < left[1]


def test_ridges_limit_on_centred_x_is_2_over_h_plus_2_lambda(prostate):
    h = float(curvature(prostate.X_train)[-1])
    assert largest_stable_lr(prostate.X_train, 0.5) == pytest.approx(2 / (h + 1), rel=1e-6)


@pytest.mark.parametrize(
    "X, y, lambda_coef, message",
    [
        (np.ones(3), np.ones((3, 1)), 1, r"X must be 2-D .* got shape \(3,\)"),
        (np.eye(3), np.ones((2, 1)), 1, r"y must be \(3, 1\), .* got shape \(2, 1\)"),
        (np.eye(3), np.ones(3), 1, r"y must be 2-D .* got shape \(3,\)"),
        (np.full((3, 3), np.inf), np.ones((3, 1)), 1, "X must hold finite numbers"),
        (np.eye(3), np.full((3, 1), np.nan), 1, "y must hold finite numbers"),
        (np.eye(3), np.ones((3, 1)), -1, "lambda_coef must be a finite number ≥ 0, got -1"),
        (np.eye(3), np.ones((3, 1)), np.nan, "lambda_coef must be a finite number ≥ 0, got nan"),
        (np.eye(3), np.ones((3, 1)), "one", "lambda_coef must be a finite number ≥ 0, got 'one'"),
    ],
)
def test_ridge_says_what_is_wrong(X, y, lambda_coef, message):
    with pytest.raises(ValueError, match=message):
        ridge_closed_form(X, y, lambda_coef)


def test_curvature_and_limit_say_what_is_wrong():
    with pytest.raises(ValueError, match="X must be 2-D"):
        curvature(np.ones(3))
    with pytest.raises(ValueError, match="ridge_lambda must be a finite number ≥ 0, got -1"):
        largest_stable_lr(np.eye(2), -1)


def test_ridge_may_leave_the_bias_the_steepest():
    # On small centred columns the bias' curvature, 2, is above the weights', which alone are penalised.
    X = np.array([[0.1], [-0.1]])
    assert largest_stable_lr(X, ridge_lambda=0.5) == pytest.approx(2 / 2)
    assert largest_stable_lr(X, ridge_lambda=2) == pytest.approx(2 / (2 * 0.01 + 2 * 2))


def test_ridges_path_is_scikit_learns_and_at_0_the_shortest_least_squares(problem):
    X, y = (part.numpy() for part in problem)
    twice = np.hstack([X, X[:, :1]])
    weights, biases = ridge_path(twice, y, [0, 0.3, 2])
    for k, lam in ((1, 0.3), (2, 2)):
        theirs = Ridge(alpha=30 * lam, solver="svd").fit(twice, y[:, 0])
        np.testing.assert_allclose(weights[k], theirs.coef_, rtol=1e-8)
        assert biases[k] == pytest.approx(theirs.intercept_)
    weight, bias = shortest_least_squares(twice, y)
    np.testing.assert_allclose(
        weight, np.linalg.pinv(twice - twice.mean(axis=0)) @ (y - y.mean()), atol=1e-10
    )
    np.testing.assert_allclose(weights[0], weight[:, 0])
    assert bias.shape == (1,) and biases[0] == bias[0] == pytest.approx(
        y.mean() - twice.mean(axis=0) @ weights[0]
    )


def test_ridges_message_is_whole(problem):
    X, y = problem
    with pytest.raises(ValueError) as said:
        ridge_closed_form(torch.cat([X, X], dim=1), y, 0)
    assert str(said.value) == (
        "lambda_coef must be > 0 where X's centred columns are linearly dependent "
        "(least squares has no unique minimiser), got 0"
    )


def test_without_ridge_the_largest_stable_lr_is_that_of_the_error():
    X = np.array([[1.0], [-1.0], [1.0], [-1.0]])  # the Hessian is 2 for w and for b
    assert largest_stable_lr(2 * X) == pytest.approx(2 / 8)
