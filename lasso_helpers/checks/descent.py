"""The exercises of notebook 03."""

import torch

from .made_up import columns, model_at
from .mechanism import EXERCISES, Exercise


def _slope(w, b, X, y):
    return 2 / len(X) * X.T @ (X @ w + b - y)


EXERCISES["ridge_gradient"] = Exercise(
    draw=lambda rng, m, n: {**model_at(rng, m, n), "lambda_coef": 0.7},
    reference=lambda w, b, X, y, lambda_coef: _slope(w, b, X, y) + 2 * lambda_coef * w,
    mistakes={
        "the penalty's 2 is missing: the derivative of λw² is 2λw": lambda w, b, X, y, lambda_coef: (
            _slope(w, b, X, y) + lambda_coef * w
        ),
        "the squared error's 2 is missing": lambda w, b, X, y, lambda_coef: (
            _slope(w, b, X, y) / 2 + 2 * lambda_coef * w
        ),
        "both 2s are missing: this is half the gradient": lambda w, b, X, y, lambda_coef: (
            _slope(w, b, X, y) / 2 + lambda_coef * w
        ),
        "the 1/m is missing: the squared error is a mean": lambda w, b, X, y, lambda_coef: (
            _slope(w, b, X, y) * len(X) + 2 * lambda_coef * w
        ),
        "you divided by m twice": lambda w, b, X, y, lambda_coef: (
            _slope(w, b, X, y) / len(X) + 2 * lambda_coef * w
        ),
        "the penalty was divided by m: it is no mean over rows": lambda w, b, X, y, lambda_coef: (
            _slope(w, b, X, y) + 2 * lambda_coef * w / len(X)
        ),
        "the residual is turned round: predictions minus labels": lambda w, b, X, y, lambda_coef: (
            -_slope(w, b, X, y) + 2 * lambda_coef * w
        ),
        "the sign is turned round: this points downhill": lambda w, b, X, y, lambda_coef: (
            -_slope(w, b, X, y) - 2 * lambda_coef * w
        ),
        "the bias is missing in the residual": lambda w, b, X, y, lambda_coef: (
            _slope(w, 0, X, y) + 2 * lambda_coef * w
        ),
        "the penalty's part is missing: this is the squared error's "
        "gradient": lambda w, b, X, y, lambda_coef: _slope(w, b, X, y),
        "the penalty's part is the lasso's, λ sign(w)": lambda w, b, X, y, lambda_coef: (
            _slope(w, b, X, y) + lambda_coef * w.sign()
        ),
    },
    returns="the gradient in w (n, 1)",
)


def _with_ones(X):
    return torch.hstack([X, torch.ones(len(X), 1, dtype=X.dtype)])


def _steepest(X, lambda_coef=0.0, scale=2.0, free=1):
    """The largest eigenvalue of (scale/m) XᵀX + 2λ on all diagonal entries but the last `free`."""
    size = X.shape[1]
    penalised = torch.tensor([1.0] * (size - free) + [0.0] * free, dtype=X.dtype)
    return torch.linalg.eigvalsh(scale / len(X) * X.T @ X + 2 * lambda_coef * penalised.diag())[-1]


EXERCISES["largest_lr"] = Exercise(
    draw=lambda rng, m, n: {"X": columns(rng, m, n), "lambda_coef": 0.7},
    reference=lambda X, lambda_coef: 2 / _steepest(_with_ones(X), lambda_coef),
    mistakes={
        "1 over the curvature: that step is the best along the steepest direction, the limit is twice "
        "as large": lambda X, lambda_coef: 1 / _steepest(_with_ones(X), lambda_coef),
        "the bias is missing: add a column of ones to X": lambda X, lambda_coef: (
            2 / _steepest(X, lambda_coef, free=0)
        ),
        "the bias is penalised too: its diagonal entry gets no 2λ": lambda X, lambda_coef: (
            2 / _steepest(_with_ones(X), lambda_coef, free=0)
        ),
        "λ in place of 2λ: the second derivative of λw² is 2λ": lambda X, lambda_coef: (
            2 / _steepest(_with_ones(X), lambda_coef / 2)
        ),
        "λ has no effect: this is 2/h": lambda X, lambda_coef: 2 / _steepest(_with_ones(X)),
        "the Hessian's 2 is missing: the second derivative of a square is 2": lambda X, lambda_coef: (
            2 / _steepest(_with_ones(X), lambda_coef, scale=1.0)
        ),
        "the 1/m is missing in the Hessian": lambda X, lambda_coef: (
            2 / _steepest(_with_ones(X), lambda_coef, scale=2.0 * len(X))
        ),
        "the smallest eigenvalue was taken: the steepest direction "
        "decides, the largest": lambda X, lambda_coef: (
            2
            / torch.linalg.eigvalsh(
                2 / len(X) * _with_ones(X).T @ _with_ones(X)
                + 2 * lambda_coef * torch.tensor([1.0] * X.shape[1] + [0.0], dtype=X.dtype).diag()
            )[0]
        ),
        "this is the curvature itself: the limit is 2 divided by it": lambda X, lambda_coef: _steepest(
            _with_ones(X), lambda_coef
        ),
        "X was centred first: the limit of *this* X is wanted, means and all": lambda X, lambda_coef: (
            2 / _steepest(_with_ones(X - X.mean(0)), lambda_coef)
        ),
    },
    returns="one number",
)


def _step(w, b, X, y, lr, in_w=1.0, in_b=1.0):
    return w - in_w * lr * _slope(w, b, X, y), b - in_b * lr * 2 * (X @ w + b - y).mean()


def _one_after_the_other(w, b, X, y, lr):
    w, _ = _step(w, b, X, y, lr)
    return w, _step(w, b, X, y, lr)[1]


EXERCISES["descent_step"] = Exercise(
    draw=lambda rng, m, n: {**model_at(rng, m, n), "lr": 0.05},
    reference=_step,
    mistakes={
        "uphill: the gradient must be taken away": lambda w, b, X, y, lr: _step(w, b, X, y, -lr),
        "the 2 is missing: it comes from the square": lambda w, b, X, y, lr: _step(w, b, X, y, lr / 2),
        "the 1/m is missing: the squared error is a mean": lambda w, b, X, y, lr: _step(
            w, b, X, y, lr * len(X)
        ),
        "the 1/m is missing in w's gradient; b's is right": lambda w, b, X, y, lr: _step(
            w, b, X, y, lr, in_w=len(X)
        ),
        "the 1/m is missing in b's gradient; w's is right": lambda w, b, X, y, lr: _step(
            w, b, X, y, lr, in_b=len(X)
        ),
        "the bias has not moved: it descends like a weight whose column is all ones": lambda w, b, X, y, lr: (
            _step(w, b, X, y, lr, in_b=0)
        ),
        "b was moved with the new w: both gradients belong to the old (w, b)": _one_after_the_other,
        "the learning rate is missing": lambda w, b, X, y, lr: _step(w, b, X, y, 1.0),
        "the gradient came back, where the new (w, b) is wanted": lambda w, b, X, y, lr: (
            _slope(w, b, X, y),
            2 * (X @ w + b - y).mean(),
        ),
        "nothing has moved: (w, b) came back as it was": lambda w, b, X, y, lr: (w, b),
    },
    returns="(w, b), w (n, 1) and b (1,)",
)
