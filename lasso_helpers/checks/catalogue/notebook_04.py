"""The exercises of notebook 04."""

import torch

from ...model import LassoRegression
from ..exercises import exercise
from .made_up_data import model_at, numbers


def _pairs(rng, m, n):
    either_side = (-1) ** m  # of the labels
    return {"predictions": numbers(rng, m, 1, around=either_side), "labels": numbers(rng, m, 1)}


@exercise(draw=_pairs, returns="one number")
def rmse(predictions, labels):
    """The root of the mean squared error."""
    m, difference = len(labels), predictions - labels
    squares = difference**2
    yield squares.mean().sqrt()
    yield "this is the MSE: the root is missing"
    yield squares.mean()
    yield "summed, where the mean is wanted: the 1/m is missing"
    yield squares.sum().sqrt()
    yield "the root of each square was taken before the mean: this is the mean |difference|"
    yield difference.abs().mean()
    yield "the root was taken before dividing by m: mean first, then root"
    yield squares.sum().sqrt() / m
    yield "the squares are missing: differences of both signs cancel"
    yield difference.mean()
    yield "the mean was squared: square first, then the mean, or differences cancel"
    yield difference.mean().abs()
    yield "divided by m − 1: that is for a standard deviation, whose mean was estimated"
    yield (squares.sum() / (m - 1)).sqrt()
    yield "this is the std of the differences: it forgets their mean"
    yield difference.std(correction=0)
    yield "every prediction was paired with every label: (m, 1) − (m,) is (m, m). Keep both (m, 1)"
    yield ((predictions - labels[:, 0]) ** 2).mean().sqrt()


@exercise(draw=lambda rng, m, n: {**model_at(rng, m, n), "lambda_coef": 0.7}, returns="one number")
def lasso_loss(w, b, X, y, lam):
    """The lasso's objective."""
    squares, penalty = (X @ w + b - y) ** 2, lam * w.abs().sum()
    mse = squares.mean()
    yield mse + penalty
    yield "the squared errors are summed, where their mean is wanted: the 1/m is missing"
    yield squares.sum() + penalty
    yield "|Σw| in place of Σ|w|: weights of different signs cancel"
    yield mse + lam * w.sum().abs()
    yield "the signs are kept: Σw in place of Σ|w|"
    yield mse + lam * w.sum()
    yield "λ/2 in place of λ: that is scikit-learn's alpha"
    yield mse + penalty / 2
    yield "half the squared error: that is scikit-learn's convention"
    yield mse / 2 + penalty
    yield "the bias is penalised too"
    yield mse + penalty + lam * b.abs()
    yield "the penalty is ridge's, Σw²"
    yield mse + lam * (w**2).sum()
    yield "the penalty is a mean over the weights, where their sum is wanted"
    yield mse + lam * w.abs().mean()
    yield "the bias is missing in the prediction"
    yield ((X @ w - y) ** 2).mean() + penalty
    yield "the root of the squared error was taken: the objective has none"
    yield mse.sqrt() + penalty
    yield "the penalty is missing"
    yield mse
    yield "the penalty is taken away where it must be added"
    yield mse - penalty
    yield "every prediction was paired with every label: (m, 1) − (m,) is (m, m). Keep y as (m, 1)"
    yield ((X @ w + b - y[:, 0]) ** 2).mean() + penalty


def _model(rng, m, n):
    start = model_at(rng, m, n)
    model = LassoRegression(n, lambda_coef=0.7)
    with torch.no_grad():
        model.weight.copy_(start["w"])
        model.bias.copy_(start["b"])
    return {"model": model, "X": start["X"], "y": start["y"], "lr": 0.02}


def _gradient(w, b, X, y, lam):
    residual = X @ w + b - y
    return 2 / len(X) * X.T @ residual + lam * w.sign(), 2 * residual.mean(0)


def _descend(model, X, y, lr, steps=2, keep=0.0, penalty=1.0, bias=1.0, scale=1.0):
    """Steps of descent on the model's loss; keep: how much of the last gradient is added to the next."""
    w, b = model.weight.detach().double(), model.bias.detach().double()
    g_w, g_b = 0 * w, 0 * b
    for _ in range(steps):
        new_w, new_b = _gradient(w, b, X, y, penalty * model.lambda_coef)
        g_w, g_b = keep * g_w + scale * new_w, keep * g_b + scale * new_b
        w, b = w - lr * g_w, b - bias * lr * g_b
    return w, b


@exercise(draw=_model, returns="the model", changes=("model",))
def two_steps(model, X, y, lr):
    """Two steps of gradient descent on the model's loss."""
    yield _descend(model, X, y, lr)
    yield "`zero_grad` is missing: the second backward added its gradient to the first one's"
    yield _descend(model, X, y, lr, keep=1.0)
    yield "only one step was taken"
    yield _descend(model, X, y, lr, steps=1)
    yield "three steps were taken"
    yield _descend(model, X, y, lr, steps=3)
    yield "the sign of the step is wrong: it climbs. The gradient must be taken away"
    yield _descend(model, X, y, -lr)
    yield "both steps used the gradient of the start: compute it anew before the second"
    yield _descend(model, X, y, 2 * lr, steps=1)
    yield "the penalty is missing: use model.loss, not the squared error alone"
    yield _descend(model, X, y, lr, penalty=0.0)
    yield "the bias has not moved: it is a parameter like the weights"
    yield _descend(model, X, y, lr, bias=0.0)
    yield "the learning rate is missing"
    yield _descend(model, X, y, 1.0)
    yield "the learning rate was applied twice"
    yield _descend(model, X, y, lr * lr)
    yield "the loss was summed over the rows, where model.loss takes the mean"
    yield _descend(model, X, y, lr, scale=len(X), penalty=1 / len(X))
