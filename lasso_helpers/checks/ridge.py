"""The exercises of notebook 01."""

import torch

from .made_up import labelled, model_at
from .mechanism import EXERCISES, Exercise


def _ridge(X, y, penalty, gram_scale=1.0, right_scale=1.0):
    """(w, b) of (gram_scale · X_cᵀX_c/m + penalty · I) w = right_scale · X_cᵀy_c/m, b = ȳ − x̄ᵀw."""
    m, n = X.shape
    X_c, y_c = X - X.mean(0), y - y.mean(0)
    system = gram_scale * X_c.T @ X_c / m + penalty * torch.eye(n, dtype=X.dtype)
    w = torch.linalg.solve(system, right_scale * X_c.T @ y_c / m)
    return w, y.mean(0) - X.mean(0) @ w


def _without_a_bias(X, y, lambda_coef):
    m, n = X.shape
    return torch.linalg.solve(X.T @ X / m + lambda_coef * torch.eye(n, dtype=X.dtype), X.T @ y / m)


def _ones_penalised(X, y, lambda_coef):
    both = _without_a_bias(torch.hstack([X, torch.ones_like(y)]), y, lambda_coef)
    return both[:-1], both[-1]


def _w(X, y, lambda_coef):
    return _ridge(X, y, lambda_coef)[0]


EXERCISES["ridge"] = Exercise(
    draw=lambda rng, m, n: {**labelled(rng, m, n), "lambda_coef": 0.7},
    reference=lambda X, y, lambda_coef: _ridge(X, y, lambda_coef),
    mistakes={
        "the bias is penalised too: a column of ones got its share "
        "of λI. Centre X and y instead": _ones_penalised,
        "X and y were not centred, and the bias is left at 0: the "
        "line is forced through the origin": lambda X, y, lambda_coef: (
            _without_a_bias(X, y, lambda_coef),
            torch.zeros(1),
        ),
        "X and y were not centred before `solve`; only b is right for that w": lambda X, y, lambda_coef: (
            w := _without_a_bias(X, y, lambda_coef),
            y.mean(0) - X.mean(0) @ w,
        ),
        "the 1/m is missing: XᵀX and Xᵀy are sums, so λ counts m "
        "times too little": lambda X, y, lambda_coef: _ridge(X, y, lambda_coef / len(X)),
        "λ is multiplied by m, which belongs to XᵀX without its 1/m "
        "(or: you divided by m twice)": lambda X, y, lambda_coef: _ridge(X, y, lambda_coef * len(X)),
        "the 1/m is at XᵀX and not at Xᵀy: both are means": lambda X, y, lambda_coef: _ridge(
            X, y, lambda_coef, right_scale=len(X)
        ),
        "the 1/m is at Xᵀy and not at XᵀX: both are means": lambda X, y, lambda_coef: _ridge(
            X, y, lambda_coef, gram_scale=len(X)
        ),
        "λ/2 in place of λ: the 2 of the derivative stands at both "
        "parts and goes away": lambda X, y, lambda_coef: _ridge(X, y, lambda_coef / 2),
        "2λ in place of λ: the 2 of the derivative stands at both "
        "parts and goes away": lambda X, y, lambda_coef: _ridge(X, y, lambda_coef * 2),
        "λ has no effect: this is least squares": lambda X, y, lambda_coef: _ridge(X, y, 0),
        "the weights are right; b is ȳ, which forgets x̄ᵀw": lambda X, y, lambda_coef: (
            _w(X, y, lambda_coef),
            y.mean(0),
        ),
        "the weights are right; b is 0, where ȳ − x̄ᵀw is wanted": lambda X, y, lambda_coef: (
            _w(X, y, lambda_coef),
            torch.zeros(1),
        ),
        "the weights are right; b adds x̄ᵀw to ȳ where it must be taken away": lambda X, y, lambda_coef: (
            w := _w(X, y, lambda_coef),
            y.mean(0) + X.mean(0) @ w,
        ),
    },
    returns="(w, b), w (n, 1) and b (1,)",
)

EXERCISES["best_bias"] = Exercise(
    draw=lambda rng, m, n: {name: value for name, value in model_at(rng, m, n).items() if name != "b"},
    reference=lambda w, X, y: y.mean(0) - X.mean(0) @ w,
    mistakes={
        "this is ȳ: what the weights already predict on average, x̄ᵀw, must be taken away": lambda w, X, y: (
            y.mean(0)
        ),
        "the sign is turned round: it is ȳ − x̄ᵀw, labels minus predictions": lambda w, X, y: (
            X.mean(0) @ w - y.mean(0)
        ),
        "x̄ᵀw is added where it must be taken away": lambda w, X, y: y.mean(0) + X.mean(0) @ w,
        "the sum of what is left over, where its mean is wanted": lambda w, X, y: (y - X @ w).sum(0),
        "x̄ᵀw alone: ȳ is missing": lambda w, X, y: X.mean(0) @ w,
        "the columns' means were added up without their weights": lambda w, X, y: y.mean(0) - X.mean(0).sum(),
        "one mean over all of X was used: each column has its own": lambda w, X, y: (
            y.mean(0) - X.mean() * w.sum()
        ),
        "half of what it should be: both 2s of the derivative go away together": lambda w, X, y: (
            (y.mean(0) - X.mean(0) @ w) / 2
        ),
    },
    returns="the bias (1,)",
)


def _squares(w, b, X, y):
    return (X @ w + b - y) ** 2


EXERCISES["ridge_loss"] = Exercise(
    draw=lambda rng, m, n: {**model_at(rng, m, n), "lambda_coef": 0.7},
    reference=lambda w, b, X, y, lambda_coef: _squares(w, b, X, y).mean() + lambda_coef * (w**2).sum(),
    mistakes={
        "the squared errors are summed, where their mean is wanted: "
        "the 1/m is missing": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).sum() + lambda_coef * (w**2).sum()
        ),
        "the bias is penalised too": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).mean() + lambda_coef * ((w**2).sum() + b**2)
        ),
        "the penalty is ‖w‖, where its square is wanted: drop the root": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).mean() + lambda_coef * w.norm()
        ),
        "the weights are summed before squaring: square each one first": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).mean() + lambda_coef * w.sum() ** 2
        ),
        "the penalty is the lasso's, Σ|wⱼ|": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).mean() + lambda_coef * w.abs().sum()
        ),
        "the penalty is a mean over the weights, where their sum is wanted": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).mean() + lambda_coef * (w**2).mean()
        ),
        "λ/2 in place of λ: that is another book's convention": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).mean() + lambda_coef / 2 * (w**2).sum()
        ),
        "half the squared error: that is another book's convention": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).mean() / 2 + lambda_coef * (w**2).sum()
        ),
        "the bias is missing in the prediction": lambda w, b, X, y, lambda_coef: (
            _squares(w, 0, X, y).mean() + lambda_coef * (w**2).sum()
        ),
        "the root of the squared error was taken: the objective has none": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y).mean().sqrt() + lambda_coef * (w**2).sum()
        ),
        "the penalty is missing": lambda w, b, X, y, lambda_coef: _squares(w, b, X, y).mean(),
        "every prediction was paired with every label: (m, 1) − (m,) "
        "is (m, m). Keep y as (m, 1)": lambda w, b, X, y, lambda_coef: (
            _squares(w, b, X, y[:, 0]).mean() + lambda_coef * (w**2).sum()
        ),
    },
    returns="one number",
)
