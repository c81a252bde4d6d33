"""The exercises of notebook 05."""

import torch

from .made_up import model_at, numbers
from .mechanism import EXERCISES, Exercise


def _soft(v, threshold):
    return v.sign() * (v.abs() - threshold).clamp(min=0)


def _slope(w, b, X, y):
    return 2 / len(X) * X.T @ (X @ w + b - y)


def _ista(w, b, X, y, lr, threshold, scale=1.0, penalty=0.0):
    v = w - lr * (scale * _slope(w, b, X, y) + penalty * w.sign())
    return _soft(v, threshold), b - scale * lr * 2 * (X @ w + b - y).mean(0)


def _bias_after(w, b, X, y, lr, threshold):
    w, _ = _ista(w, b, X, y, lr, threshold)
    return w, b - lr * 2 * (X @ w + b - y).mean(0)


def _threshold_first(w, b, X, y, lr, threshold):
    return _soft(w, threshold) - lr * _slope(w, b, X, y), b - lr * 2 * (X @ w + b - y).mean(0)


def _hard(v, threshold):
    return v * (v.abs() > threshold)


def _before_a_step(rng, m, n):
    case = model_at(rng, m, n)
    case["w"][1] = (-1) ** m * 0.1  # smaller than the threshold
    return {**case, "lambda_coef": 10.0, "lr": 0.02}


EXERCISES["ista_step"] = Exercise(
    draw=_before_a_step,
    reference=lambda w, b, X, y, lam, lr: _ista(w, b, X, y, lr, lr * lam),
    mistakes={
        "the threshold is λ, where αλ is right: a small step takes a "
        "small threshold": lambda w, b, X, y, lam, lr: _ista(w, b, X, y, lr, lam),
        "the threshold is αλ/2: that λ/2 belonged to one weight's (w "
        "− a)², here it is ½(w − v)²": lambda w, b, X, y, lam, lr: _ista(w, b, X, y, lr, lr * lam / 2),
        "the threshold is 2αλ: the 2 belongs to the gradient, not to "
        "the threshold": lambda w, b, X, y, lam, lr: _ista(w, b, X, y, lr, 2 * lr * lam),
        "the penalty counts twice: it is in the gradient and in the threshold. Keep the threshold "
        "alone": lambda w, b, X, y, lam, lr: _ista(w, b, X, y, lr, lr * lam, penalty=lam),
        "this is the lecture's step: the penalty is in the gradient, "
        "and the threshold is missing": lambda w, b, X, y, lam, lr: _ista(w, b, X, y, lr, 0, penalty=lam),
        "no threshold: this is a step of least squares": lambda w, b, X, y, lam, lr: _ista(w, b, X, y, lr, 0),
        "the bias was thresholded too: it is not penalised": lambda w, b, X, y, lam, lr: (
            part := _ista(w, b, X, y, lr, lr * lam),
            (part[0], _soft(part[1], lr * lam)),
        )[1],
        "the gradient's 2 is missing": lambda w, b, X, y, lam, lr: _ista(w, b, X, y, lr, lr * lam, scale=0.5),
        "the gradient's 1/m is missing": lambda w, b, X, y, lam, lr: _ista(
            w, b, X, y, lr, lr * lam, scale=float(len(X))
        ),
        "uphill: the gradient must be taken away": lambda w, b, X, y, lam, lr: _ista(
            w, b, X, y, lr, lr * lam, scale=-1.0
        ),
        "the threshold came before the gradient step: step first, "
        "then threshold": lambda w, b, X, y, lam, lr: _threshold_first(w, b, X, y, lr, lr * lam),
        "the bias has not moved": lambda w, b, X, y, lam, lr: (_ista(w, b, X, y, lr, lr * lam)[0], b),
        "b was moved with the new w: both gradients belong to the old (w, b)": lambda w, b, X, y, lam, lr: (
            _bias_after(w, b, X, y, lr, lr * lam)
        ),
        "small weights are set to 0, but the others are not pulled by αλ": lambda w, b, X, y, lam, lr: (
            _hard(_ista(w, b, X, y, lr, 0)[0], lr * lam),
            _ista(w, b, X, y, lr, 0)[1],
        ),
    },
    returns="(w, b), w (n, 1) and b (1,)",
)


def _some_zero(rng, m, n):
    """Near a fit, with one weight at 0."""
    case = model_at(rng, m, n)
    case["y"] = (case["X"] @ case["w"] + case["b"] + numbers(rng, m, 1)).round(decimals=1)
    case["w"][m % n] = 0
    return {**case, "lambda_coef": 4.0}


def _violation(g, w, lam, reduce=torch.max):
    return reduce(torch.where(w != 0, (g + lam * w.sign()).abs(), (g.abs() - lam).clamp(min=0)))


EXERCISES["kkt_violation"] = Exercise(
    draw=_some_zero,
    reference=lambda w, b, X, y, lam: _violation(_slope(w, b, X, y), w, lam),
    mistakes={
        "the sign is wrong where w ≠ 0: it is g + λ sign(w) that must vanish": lambda w, b, X, y, lam: (
            _violation(-_slope(w, b, X, y), w, lam)
        ),
        "where w = 0 the slope itself was taken: up to λ it is "
        "allowed, only the excess counts": lambda w, b, X, y, lam: (
            (_slope(w, b, X, y) + lam * w.sign()).abs().max()
        ),
        "|g| − λ was taken for every weight: where w ≠ 0 it is |g + λ sign(w)|": lambda w, b, X, y, lam: (
            (_slope(w, b, X, y).abs() - lam).clamp(min=0).max()
        ),
        "the sum over the features, where the largest is wanted": lambda w, b, X, y, lam: _violation(
            _slope(w, b, X, y), w, lam, torch.sum
        ),
        "the mean over the features, where the largest is wanted": lambda w, b, X, y, lam: _violation(
            _slope(w, b, X, y), w, lam, torch.mean
        ),
        "the smallest over the features, where the largest is wanted": lambda w, b, X, y, lam: _violation(
            _slope(w, b, X, y), w, lam, torch.min
        ),
        "the gradient's 2 is missing": lambda w, b, X, y, lam: _violation(_slope(w, b, X, y) / 2, w, lam),
        "the gradient's 1/m is missing": lambda w, b, X, y, lam: _violation(
            _slope(w, b, X, y) * len(X), w, lam
        ),
        "the bias is missing in the residual": lambda w, b, X, y, lam: _violation(_slope(w, 0, X, y), w, lam),
        "λ/2 in place of λ": lambda w, b, X, y, lam: _violation(_slope(w, b, X, y), w, lam / 2),
        "this is the largest |g|: it does not vanish at the minimum, "
        "it is balanced by λ": lambda w, b, X, y, lam: _slope(w, b, X, y).abs().max(),
    },
    returns="one number",
)

EXERCISES["shrink"] = Exercise(
    draw=lambda rng, m, n: {
        "v": torch.cat([numbers(rng, m), torch.tensor([0.2, -0.2, 1.6, -1.6])]),
        "threshold": 0.45,
    },
    reference=_soft,
    mistakes={
        "the signs are lost: a negative v stays negative": lambda v, threshold: (v.abs() - threshold).clamp(
            min=0
        ),
        "pulled beyond 0: within the threshold the answer is 0 itself": lambda v, threshold: (
            v - threshold * v.sign()
        ),
        "small entries are set to 0, but the others are not pulled": _hard,
        "only right for v > 0: a negative v is pulled up, towards 0": lambda v, threshold: (
            v - threshold
        ).clamp(min=0),
        "pulled down whatever the sign: a negative v is pulled up, towards 0": lambda v, threshold: (
            v - threshold
        ),
        "this is what must be taken away, v clipped to ±threshold: v minus that": lambda v, threshold: (
            v.clamp(-threshold, threshold)
        ),
        "half the threshold: here the objective is ½(w − v)² + threshold·|w|": lambda v, threshold: _soft(
            v, threshold / 2
        ),
        "twice the threshold": lambda v, threshold: _soft(v, 2 * threshold),
        "this is ridge's shrinkage, v/(1 + threshold): smaller, never 0": lambda v, threshold: (
            v / (1 + threshold)
        ),
        "pushed away from 0: the threshold must be taken off the size": lambda v, threshold: (
            v.sign() * (v.abs() + threshold)
        ),
    },
    returns="as many numbers as v has",
    flat=True,
)
