"""The exercises of notebook 01."""

import torch

from ..exercises import exercise
from .made_up_data import labelled, model_at


def _ridge(X, y, penalty, gram_scale=1.0, right_scale=1.0):
    """(w, b) of (gram_scale · X_cᵀX_c/m + penalty · I) w = right_scale · X_cᵀy_c/m, b = ȳ − x̄ᵀw."""
    m, n = X.shape
    X_c, y_c = X - X.mean(0), y - y.mean(0)
    system = gram_scale * X_c.T @ X_c / m + penalty * torch.eye(n, dtype=X.dtype)
    w = torch.linalg.solve(system, right_scale * X_c.T @ y_c / m)
    return w, y.mean(0) - X.mean(0) @ w


def _without_a_bias(X, y, lam):
    m, n = X.shape
    return torch.linalg.solve(X.T @ X / m + lam * torch.eye(n, dtype=X.dtype), X.T @ y / m)


@exercise(
    draw=lambda rng, m, n: {**labelled(rng, m, n), "lambda_coef": 0.7},
    returns="(w, b), w (n, 1) and b (1,)",
)
def ridge(X, y, lam):
    """Ridge's minimiser, by a closed form."""
    m, x_mean, y_mean = len(X), X.mean(0), y.mean(0)
    w, b = _ridge(X, y, lam)
    yield w, b
    yield "the bias is penalised too: a column of ones got its share of λI. Centre X and y instead"
    both = _without_a_bias(torch.hstack([X, torch.ones_like(y)]), y, lam)
    yield both[:-1], both[-1]
    yield "X and y were not centred, and the bias is left at 0: the line is forced through the origin"
    uncentred = _without_a_bias(X, y, lam)
    yield uncentred, torch.zeros(1)
    yield "X and y were not centred before `solve`; only b is right for that w"
    yield uncentred, y_mean - x_mean @ uncentred
    yield "the 1/m is missing: XᵀX and Xᵀy are sums, so λ counts m times too little"
    yield _ridge(X, y, lam / m)
    yield "λ is multiplied by m, which belongs to XᵀX without its 1/m (or: you divided by m twice)"
    yield _ridge(X, y, lam * m)
    yield "the 1/m is at XᵀX and not at Xᵀy: both are means"
    yield _ridge(X, y, lam, right_scale=m)
    yield "the 1/m is at Xᵀy and not at XᵀX: both are means"
    yield _ridge(X, y, lam, gram_scale=m)
    yield "λ/2 in place of λ: the 2 of the derivative stands at both parts and goes away"
    yield _ridge(X, y, lam / 2)
    yield "2λ in place of λ: the 2 of the derivative stands at both parts and goes away"
    yield _ridge(X, y, lam * 2)
    yield "λ has no effect: this is least squares"
    yield _ridge(X, y, 0)
    yield "the weights are right; b is ȳ, which forgets x̄ᵀw"
    yield w, y_mean
    yield "the weights are right; b is 0, where ȳ − x̄ᵀw is wanted"
    yield w, torch.zeros(1)
    yield "the weights are right; b adds x̄ᵀw to ȳ where it must be taken away"
    yield w, y_mean + x_mean @ w


def _model_without_its_bias(rng, m, n):
    return {name: value for name, value in model_at(rng, m, n).items() if name != "b"}


@exercise(draw=_model_without_its_bias, returns="the bias (1,)")
def best_bias(w, X, y):
    """The best bias for given weights."""
    y_mean, predicted = y.mean(0), X.mean(0) @ w
    yield y_mean - predicted
    yield "this is ȳ: what the weights already predict on average, x̄ᵀw, must be taken away"
    yield y_mean
    yield "the sign is turned round: it is ȳ − x̄ᵀw, labels minus predictions"
    yield predicted - y_mean
    yield "x̄ᵀw is added where it must be taken away"
    yield y_mean + predicted
    yield "the sum of what is left over, where its mean is wanted"
    yield (y - X @ w).sum(0)
    yield "x̄ᵀw alone: ȳ is missing"
    yield predicted
    yield "the columns' means were added up without their weights"
    yield y_mean - X.mean(0).sum()
    yield "one mean over all of X was used: each column has its own"
    yield y_mean - X.mean() * w.sum()
    yield "half of what it should be: both 2s of the derivative go away together"
    yield (y_mean - predicted) / 2


@exercise(draw=lambda rng, m, n: {**model_at(rng, m, n), "lambda_coef": 0.7}, returns="one number")
def ridge_loss(w, b, X, y, lam):
    """Ridge's objective."""
    squares, penalty = (X @ w + b - y) ** 2, lam * (w**2).sum()
    mse = squares.mean()
    yield mse + penalty
    yield "the squared errors are summed, where their mean is wanted: the 1/m is missing"
    yield squares.sum() + penalty
    yield "the bias is penalised too"
    yield mse + penalty + lam * b**2
    yield "the penalty is ‖w‖, where its square is wanted: drop the root"
    yield mse + lam * w.norm()
    yield "the weights are summed before squaring: square each one first"
    yield mse + lam * w.sum() ** 2
    yield "the penalty is the lasso's, Σ|wⱼ|"
    yield mse + lam * w.abs().sum()
    yield "the penalty is a mean over the weights, where their sum is wanted"
    yield mse + lam * (w**2).mean()
    yield "λ/2 in place of λ: that is another book's convention"
    yield mse + penalty / 2
    yield "half the squared error: that is another book's convention"
    yield mse / 2 + penalty
    yield "the bias is missing in the prediction"
    yield ((X @ w - y) ** 2).mean() + penalty
    yield "the root of the squared error was taken: the objective has none"
    yield mse.sqrt() + penalty
    yield "the penalty is missing"
    yield mse
    yield "every prediction was paired with every label: (m, 1) − (m,) is (m, m). Keep y as (m, 1)"
    yield ((X @ w + b - y[:, 0]) ** 2).mean() + penalty
