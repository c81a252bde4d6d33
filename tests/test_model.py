import inspect

import numpy as np
import pytest
import torch

from lasso_helpers import LassoRegression


def test_weight_is_drawn_before_bias():
    torch.manual_seed(3)
    weight, bias = torch.randn((5, 1)), torch.randn(1)
    torch.manual_seed(3)
    model = LassoRegression(5)
    assert torch.equal(model.weight, weight) and torch.equal(model.bias, bias)


def test_arguments_are_the_lectures():
    assert list(inspect.signature(LassoRegression).parameters) == ["n_dims", "lambda_coef"]
    assert list(inspect.signature(LassoRegression.learn).parameters)[1:] == [
        "inputs",
        "labels",
        "num_steps",
        "lr",
    ]
    assert LassoRegression(2).lambda_coef == 1


def test_loss_is_the_formula(problem):
    X, y = (part.numpy() for part in problem)
    model = LassoRegression(4, lambda_coef=0.7)
    w, b = model.weight.detach().numpy(), model.bias.item()
    assert model.loss(X, y).item() == pytest.approx(
        ((X @ w + b - y) ** 2).mean() + 0.7 * abs(w).sum(), rel=1e-5
    )


def test_the_gradient_is_the_hand_gradient(problem):
    X, y = (part.float() for part in problem)
    model = LassoRegression(4, lambda_coef=0.7)
    model.loss(X, y).backward()
    by_hand = 2 / len(X) * X.T @ (model.predict(X) - y) + 0.7 * model.weight.sign()
    assert torch.allclose(model.weight.grad, by_hand, rtol=1e-4)


def test_num_steps_are_steps(prostate):
    models = []
    for calls, num_steps in ((6, 1), (2, 3)):
        torch.manual_seed(0)
        model = LassoRegression(8)
        for _ in range(calls):
            model.learn(prostate.X_train, prostate.y_train, num_steps)
        models.append(model.weight)
    assert torch.equal(*models)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((0,), "n_dims must be a whole number ≥ 1, got 0"),
        ((2.5,), "n_dims must be a whole number ≥ 1, got 2.5"),
        ((2, -1), "lambda_coef must be a finite number ≥ 0, got -1"),
        ((2, float("nan")), "lambda_coef must be a finite number ≥ 0, got nan"),
    ],
)
def test_a_model_says_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match=message):
        LassoRegression(*arguments)


@pytest.mark.parametrize(
    "inputs, labels, options, message",
    [
        (np.ones(3), np.ones((3, 1)), {}, r"inputs must be 2-D .* got shape \(3,\)"),
        (np.ones((3, 2)), np.ones(3), {}, r"labels must be 2-D .* got shape \(3,\)"),
        (np.ones((3, 2)), np.ones((4, 1)), {}, r"labels must be \(3, 1\), .* got shape \(4, 1\)"),
        (np.ones((3, 4)), np.ones((3, 1)), {}, "input must have n_dims = 2 columns, got 4"),
        (np.full((3, 2), np.nan), np.ones((3, 1)), {}, "inputs must hold finite numbers"),
        (np.ones((3, 2)), np.ones((3, 1)), {"lr": 0}, "lr must be a finite number > 0, got 0"),
        (np.ones((3, 2)), np.ones((3, 1)), {"num_steps": 0}, "num_steps must be a whole number ≥ 1, got 0"),
    ],
)
def test_learn_says_what_is_wrong_and_changes_nothing(inputs, labels, options, message):
    model = LassoRegression(2)
    before = model.weight.detach().clone()
    with pytest.raises(ValueError, match=message):
        model.learn(inputs, labels, **options)
    assert torch.equal(model.weight, before)
