"""The exercises of notebook 05."""

import torch

from ..exercises import exercise
from .made_up_data import model_at, numbers


def _soft(v, threshold):
    return v.sign() * (v.abs() - threshold).clamp(min=0)


def _hard(v, threshold):
    return v * (v.abs() > threshold)


def _slope(w, b, X, y):
    return 2 / len(X) * X.T @ (X @ w + b - y)


def _before_a_step(rng, m, n):
    case = model_at(rng, m, n)
    case["w"][1] = (-1) ** m * 0.1  # smaller than the threshold
    return {**case, "lambda_coef": 10.0, "lr": 0.02}


@exercise(draw=_before_a_step, returns="(w, b), w (n, 1) and b (1,)")
def ista_step(w, b, X, y, lam, lr):
    """One step of proximal gradient descent on the lasso's objective."""
    m, g_w, g_b = len(X), _slope(w, b, X, y), 2 * (X @ w + b - y).mean(0)
    v, threshold = w - lr * g_w, lr * lam
    new_w, new_b = _soft(v, threshold), b - lr * g_b
    yield new_w, new_b
    yield "the threshold is λ, where αλ is right: a small step takes a small threshold"
    yield _soft(v, lam), new_b
    yield "the threshold is αλ/2: that λ/2 belonged to one weight's (w − a)², here it is ½(w − v)²"
    yield _soft(v, threshold / 2), new_b
    yield "the threshold is 2αλ: the 2 belongs to the gradient, not to the threshold"
    yield _soft(v, 2 * threshold), new_b
    yield ("the penalty counts twice: it is in the gradient and in the threshold. Keep the threshold alone")
    yield _soft(v - lr * lam * w.sign(), threshold), new_b
    yield "this is the lecture's step: the penalty is in the gradient, and the threshold is missing"
    yield v - lr * lam * w.sign(), new_b
    yield "no threshold: this is a step of least squares"
    yield v, new_b
    yield "the bias was thresholded too: it is not penalised"
    yield new_w, _soft(new_b, threshold)
    yield "the gradient's 2 is missing"
    yield _soft(w - lr * g_w / 2, threshold), b - lr * g_b / 2
    yield "the gradient's 1/m is missing"
    yield _soft(w - lr * g_w * m, threshold), b - lr * g_b * m
    yield "uphill: the gradient must be taken away"
    yield _soft(w + lr * g_w, threshold), b + lr * g_b
    yield "the threshold came before the gradient step: step first, then threshold"
    yield _soft(w, threshold) - lr * g_w, new_b
    yield "the bias has not moved"
    yield new_w, b
    yield "b was moved with the new w: both gradients belong to the old (w, b)"
    yield new_w, b - lr * 2 * (X @ new_w + b - y).mean(0)
    yield "small weights are set to 0, but the others are not pulled by αλ"
    yield _hard(v, threshold), new_b


def _some_zero(rng, m, n):
    """Near a fit, with one weight at 0."""
    case = model_at(rng, m, n)
    case["y"] = (case["X"] @ case["w"] + case["b"] + numbers(rng, m, 1)).round(decimals=1)
    case["w"][m % n] = 0
    return {**case, "lambda_coef": 4.0}


def _violations(g, w, lam):
    """Of each feature's condition at the minimum."""
    return torch.where(w != 0, (g + lam * w.sign()).abs(), (g.abs() - lam).clamp(min=0))


@exercise(draw=_some_zero, returns="one number")
def kkt_violation(w, b, X, y, lam):
    """The largest violation of the conditions at the lasso's minimum."""
    g = _slope(w, b, X, y)
    yield _violations(g, w, lam).max()
    yield "the sign is wrong where w ≠ 0: it is g + λ sign(w) that must vanish"
    yield _violations(-g, w, lam).max()
    yield "where w = 0 the slope itself was taken: up to λ it is allowed, only the excess counts"
    yield (g + lam * w.sign()).abs().max()
    yield "|g| − λ was taken for every weight: where w ≠ 0 it is |g + λ sign(w)|"
    yield (g.abs() - lam).clamp(min=0).max()
    yield "the sum over the features, where the largest is wanted"
    yield _violations(g, w, lam).sum()
    yield "the mean over the features, where the largest is wanted"
    yield _violations(g, w, lam).mean()
    yield "the smallest over the features, where the largest is wanted"
    yield _violations(g, w, lam).min()
    yield "the gradient's 2 is missing"
    yield _violations(g / 2, w, lam).max()
    yield "the gradient's 1/m is missing"
    yield _violations(g * len(X), w, lam).max()
    yield "the bias is missing in the residual"
    yield _violations(_slope(w, 0, X, y), w, lam).max()
    yield "λ/2 in place of λ"
    yield _violations(g, w, lam / 2).max()
    yield "this is the largest |g|: it does not vanish at the minimum, it is balanced by λ"
    yield g.abs().max()


def _both_sides_of_the_threshold(rng, m, n):
    return {"v": torch.cat([numbers(rng, m), torch.tensor([0.2, -0.2, 1.6, -1.6])]), "threshold": 0.45}


@exercise(draw=_both_sides_of_the_threshold, returns="as many numbers as v has", flat=True)
def shrink(v, threshold):
    """Soft thresholding."""
    yield _soft(v, threshold)
    yield "the signs are lost: a negative v stays negative"
    yield (v.abs() - threshold).clamp(min=0)
    yield "pulled beyond 0: within the threshold the answer is 0 itself"
    yield v - threshold * v.sign()
    yield "small entries are set to 0, but the others are not pulled"
    yield _hard(v, threshold)
    yield "only right for v > 0: a negative v is pulled up, towards 0"
    yield (v - threshold).clamp(min=0)
    yield "pulled down whatever the sign: a negative v is pulled up, towards 0"
    yield v - threshold
    yield "this is what must be taken away, v clipped to ±threshold: v minus that"
    yield v.clamp(-threshold, threshold)
    yield "half the threshold: here the objective is ½(w − v)² + threshold·|w|"
    yield _soft(v, threshold / 2)
    yield "twice the threshold"
    yield _soft(v, 2 * threshold)
    yield "this is ridge's shrinkage, v/(1 + threshold): smaller, never 0"
    yield v / (1 + threshold)
    yield "pushed away from 0: the threshold must be taken off the size"
    yield v.sign() * (v.abs() + threshold)
