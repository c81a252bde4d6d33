"""The exercises of notebook 04."""

import torch

from ..model import LassoRegression
from .made_up import model_at, numbers
from .mechanism import EXERCISES, Exercise


def _pairs(rng, m, n):
    return {
        "predictions": numbers(rng, m, 1, around=(-1) ** m),
        "labels": numbers(rng, m, 1),
    }  # off to either side


EXERCISES["rmse"] = Exercise(
    draw=_pairs,
    reference=lambda predictions, labels: ((predictions - labels) ** 2).mean().sqrt(),
    mistakes={
        "this is the MSE: the root is missing": lambda predictions, labels: (
            (predictions - labels) ** 2
        ).mean(),
        "summed, where the mean is wanted: the 1/m is missing": lambda predictions, labels: (
            ((predictions - labels) ** 2).sum().sqrt()
        ),
        "the root of each square was taken before the mean: this is "
        "the mean |difference|": lambda predictions, labels: (predictions - labels).abs().mean(),
        "the root was taken before dividing by m: mean first, then root": lambda predictions, labels: (
            ((predictions - labels) ** 2).sum().sqrt() / len(labels)
        ),
        "the squares are missing: differences of both signs cancel": lambda predictions, labels: (
            predictions - labels
        ).mean(),
        "the mean was squared: square first, then the mean, or "
        "differences cancel": lambda predictions, labels: (predictions - labels).mean().abs(),
        "divided by m − 1: that is for a standard deviation, whose "
        "mean was estimated": lambda predictions, labels: (
            ((predictions - labels) ** 2).sum() / (len(labels) - 1)
        ).sqrt(),
        "this is the std of the differences: it forgets their mean": lambda predictions, labels: (
            predictions - labels
        ).std(correction=0),
        "every prediction was paired with every label: (m, 1) − (m,) "
        "is (m, m). Keep both (m, 1)": lambda predictions, labels: (
            ((predictions - labels[:, 0]) ** 2).mean().sqrt()
        ),
    },
    returns="one number",
)


def _mse(w, b, X, y):
    return ((X @ w + b - y) ** 2).mean()


EXERCISES["lasso_loss"] = Exercise(
    draw=lambda rng, m, n: {**model_at(rng, m, n), "lambda_coef": 0.7},
    reference=lambda w, b, X, y, lambda_coef: _mse(w, b, X, y) + lambda_coef * w.abs().sum(),
    mistakes={
        "the squared errors are summed, where their mean is wanted: "
        "the 1/m is missing": lambda w, b, X, y, lambda_coef: (
            len(X) * _mse(w, b, X, y) + lambda_coef * w.abs().sum()
        ),
        "|Σw| in place of Σ|w|: weights of different signs cancel": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y) + lambda_coef * w.sum().abs()
        ),
        "the signs are kept: Σw in place of Σ|w|": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y) + lambda_coef * w.sum()
        ),
        "λ/2 in place of λ: that is scikit-learn's alpha": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y) + lambda_coef / 2 * w.abs().sum()
        ),
        "half the squared error: that is scikit-learn's convention": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y) / 2 + lambda_coef * w.abs().sum()
        ),
        "the bias is penalised too": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y) + lambda_coef * (w.abs().sum() + b.abs())
        ),
        "the penalty is ridge's, Σw²": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y) + lambda_coef * (w**2).sum()
        ),
        "the penalty is a mean over the weights, where their sum is wanted": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y) + lambda_coef * w.abs().mean()
        ),
        "the bias is missing in the prediction": lambda w, b, X, y, lambda_coef: (
            _mse(w, 0, X, y) + lambda_coef * w.abs().sum()
        ),
        "the root of the squared error was taken: the objective has none": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y).sqrt() + lambda_coef * w.abs().sum()
        ),
        "the penalty is missing": lambda w, b, X, y, lambda_coef: _mse(w, b, X, y),
        "the penalty is taken away where it must be added": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y) - lambda_coef * w.abs().sum()
        ),
        "every prediction was paired with every label: (m, 1) − (m,) "
        "is (m, m). Keep y as (m, 1)": lambda w, b, X, y, lambda_coef: (
            _mse(w, b, X, y[:, 0]) + lambda_coef * w.abs().sum()
        ),
    },
    returns="one number",
)


def _model(rng, m, n):
    start = model_at(rng, m, n)
    model = LassoRegression(n, lambda_coef=0.7)
    with torch.no_grad():
        model.weight.copy_(start["w"])
        model.bias.copy_(start["b"])
    return {"model": model, "X": start["X"], "y": start["y"], "lr": 0.02}


def _gradient(w, b, X, y, lambda_coef):
    residual = X @ w + b - y
    return 2 / len(X) * X.T @ residual + lambda_coef * w.sign(), 2 * residual.mean(0)


def _descend(model, X, y, lr, steps=2, keep=0.0, penalty=1.0, bias=1.0, scale=1.0):
    """Steps of descent on the model's loss; keep: how much of the last gradient is added to the next."""
    w, b = model.weight.detach().double(), model.bias.detach().double()
    g_w, g_b = 0 * w, 0 * b
    for _ in range(steps):
        new_w, new_b = _gradient(w, b, X, y, penalty * model.lambda_coef)
        g_w, g_b = keep * g_w + scale * new_w, keep * g_b + scale * new_b
        w, b = w - lr * g_w, b - bias * lr * g_b
    return w, b


def _both_from_the_start(model, X, y, lr):
    return _descend(model, X, y, 2 * lr, steps=1)


EXERCISES["two_steps"] = Exercise(
    draw=_model,
    reference=_descend,
    mistakes={
        "`zero_grad` is missing: the second backward added its "
        "gradient to the first one's": lambda model, X, y, lr: _descend(model, X, y, lr, keep=1.0),
        "only one step was taken": lambda model, X, y, lr: _descend(model, X, y, lr, steps=1),
        "three steps were taken": lambda model, X, y, lr: _descend(model, X, y, lr, steps=3),
        "the sign of the step is wrong: it climbs. The gradient must be taken away": lambda model, X, y, lr: (
            _descend(model, X, y, -lr)
        ),
        "both steps used the gradient of the start: compute it anew before the second": _both_from_the_start,
        "the penalty is missing: use model.loss, not the squared error alone": lambda model, X, y, lr: (
            _descend(model, X, y, lr, penalty=0.0)
        ),
        "the bias has not moved: it is a parameter like the weights": lambda model, X, y, lr: _descend(
            model, X, y, lr, bias=0.0
        ),
        "the learning rate is missing": lambda model, X, y, lr: _descend(model, X, y, 1.0),
        "the learning rate was applied twice": lambda model, X, y, lr: _descend(model, X, y, lr * lr),
        "the loss was summed over the rows, where model.loss takes the mean": lambda model, X, y, lr: (
            _descend(model, X, y, lr, scale=len(X), penalty=1 / len(X))
        ),
    },
    returns="the model",
    changes=("model",),
)
