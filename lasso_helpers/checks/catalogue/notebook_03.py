"""The exercises of notebook 03."""

import torch

from ..exercises import exercise
from .made_up_data import columns, model_at


def _slope(w, b, X, y):
    return 2 / len(X) * X.T @ (X @ w + b - y)


@exercise(
    draw=lambda rng, m, n: {**model_at(rng, m, n), "lambda_coef": 0.7},
    returns="the gradient in w (n, 1)",
)
def ridge_gradient(w, b, X, y, lam):
    """The gradient of ridge's objective in w."""
    m, slope, pull = len(X), _slope(w, b, X, y), 2 * lam * w
    yield slope + pull
    yield "the penalty's 2 is missing: the derivative of λw² is 2λw"
    yield slope + pull / 2
    yield "the squared error's 2 is missing"
    yield slope / 2 + pull
    yield "both 2s are missing: this is half the gradient"
    yield slope / 2 + pull / 2
    yield "the 1/m is missing: the squared error is a mean"
    yield slope * m + pull
    yield "you divided by m twice"
    yield slope / m + pull
    yield "the penalty was divided by m: it is no mean over rows"
    yield slope + pull / m
    yield "the residual is turned round: predictions minus labels"
    yield -slope + pull
    yield "the sign is turned round: this points downhill"
    yield -slope - pull
    yield "the bias is missing in the residual"
    yield _slope(w, 0, X, y) + pull
    yield "the penalty's part is missing: this is the squared error's gradient"
    yield slope
    yield "the penalty's part is the lasso's, λ sign(w)"
    yield slope + lam * w.sign()


def _curvatures(X, lam=0.0, scale=2.0, free=1):
    """The eigenvalues of (scale/m) XᵀX + 2λ on all diagonal entries but the last `free`, ascending."""
    size = X.shape[1]
    penalised = torch.tensor([1.0] * (size - free) + [0.0] * free, dtype=X.dtype)
    return torch.linalg.eigvalsh(scale / len(X) * X.T @ X + 2 * lam * penalised.diag())


@exercise(
    draw=lambda rng, m, n: {"X": columns(rng, m, n), "lambda_coef": 0.7},
    returns="one number",
)
def largest_lr(X, lam):
    """The learning rate beyond which descent on ridge's objective diverges."""
    ones = torch.ones(len(X), 1, dtype=X.dtype)
    with_ones = torch.hstack([X, ones])
    curvatures = _curvatures(with_ones, lam)
    yield 2 / curvatures[-1]
    yield (
        "1 over the curvature: that step is the best along the steepest direction, "
        "the limit is twice as large"
    )
    yield 1 / curvatures[-1]
    yield "the bias is missing: add a column of ones to X"
    yield 2 / _curvatures(X, lam, free=0)[-1]
    yield "the bias is penalised too: its diagonal entry gets no 2λ"
    yield 2 / _curvatures(with_ones, lam, free=0)[-1]
    yield "λ in place of 2λ: the second derivative of λw² is 2λ"
    yield 2 / _curvatures(with_ones, lam / 2)[-1]
    yield "λ has no effect: this is 2/h"
    yield 2 / _curvatures(with_ones)[-1]
    yield "the Hessian's 2 is missing: the second derivative of a square is 2"
    yield 2 / _curvatures(with_ones, lam, scale=1.0)[-1]
    yield "the 1/m is missing in the Hessian"
    yield 2 / _curvatures(with_ones, lam, scale=2.0 * len(X))[-1]
    yield "the smallest eigenvalue was taken: the steepest direction decides, the largest"
    yield 2 / curvatures[0]
    yield "this is the curvature itself: the limit is 2 divided by it"
    yield curvatures[-1]
    yield "X was centred first: the limit of *this* X is wanted, means and all"
    yield 2 / _curvatures(torch.hstack([X - X.mean(0), ones]), lam)[-1]


@exercise(
    draw=lambda rng, m, n: {**model_at(rng, m, n), "lr": 0.05},
    returns="(w, b), w (n, 1) and b (1,)",
)
def descent_step(w, b, X, y, lr):
    """One step of gradient descent on the squared error."""
    m, g_w, g_b = len(X), _slope(w, b, X, y), 2 * (X @ w + b - y).mean()
    new_w, new_b = w - lr * g_w, b - lr * g_b
    yield new_w, new_b
    yield "uphill: the gradient must be taken away"
    yield w + lr * g_w, b + lr * g_b
    yield "the 2 is missing: it comes from the square"
    yield w - lr * g_w / 2, b - lr * g_b / 2
    yield "the 1/m is missing: the squared error is a mean"
    yield w - lr * g_w * m, b - lr * g_b * m
    yield "the 1/m is missing in w's gradient; b's is right"
    yield w - lr * g_w * m, new_b
    yield "the 1/m is missing in b's gradient; w's is right"
    yield new_w, b - lr * g_b * m
    yield "the bias has not moved: it descends like a weight whose column is all ones"
    yield new_w, b
    yield "b was moved with the new w: both gradients belong to the old (w, b)"
    yield new_w, b - lr * 2 * (X @ new_w + b - y).mean()
    yield "the learning rate is missing"
    yield w - g_w, b - g_b
    yield "the gradient came back, where the new (w, b) is wanted"
    yield g_w, g_b
    yield "nothing has moved: (w, b) came back as it was"
    yield w, b
