"""The exercises of notebook 05."""

import torch

from ..exercises import exercise
from .made_up_data import model_at, numbers
from .shared_formulas import hard, slope, slope_b, soft


def _before_a_step(rng, m, n):
    case = model_at(rng, m, n)
    case["w"][1] = (-1) ** m * 0.1  # smaller than the threshold
    return {**case, "lambda_coef": 10.0, "lr": 0.02}


@exercise(
    _before_a_step,
    returns="(w, b), w (n, 1) and b (1,)",
    parts=("w", "b"),
    factor={
        "1/α": "the threshold is λ, where αλ is right: a small step takes a small threshold",
        0.5: "the threshold is αλ/2: that λ/2 belonged to one weight's (w − a)², here it is ½(w − v)²",
        2: "the threshold is 2αλ: the 2 belongs to the gradient, not to the threshold",
    },
    penalty={
        "twice": "the penalty counts twice: it is in the gradient and in the threshold. Keep the threshold "
        "alone",
        "in the gradient": "this is the lecture's step: the penalty is in the gradient, and the threshold is "
        "missing",
        "nowhere": "no threshold: this is a step of least squares",
        "cut": "small weights are set to 0, but the others are not pulled by αλ",
        "before": "the threshold came before the gradient step: step first, then threshold",
    },
    two={0.5: "the gradient's 2 is missing"},
    per_row={False: "the gradient's 1/m is missing"},
    sign={-1: "uphill: the gradient must be taken away"},
    bias={
        "old": "the intercept has not moved",
        "pulled": "the intercept was thresholded too: it is not penalised",
        "of the new w": "b was moved with the new w: both gradients belong to the old (w, b)",
        "half": "the intercept's gradient lacks its 2",
    },
    with_bias={False: "the intercept is missing in the residual"},
)
def ista_step(
    w, b, X, y, lam, lr, *, factor=1, penalty="threshold", two=1, per_row=True, sign=1, bias="new",
    with_bias=True,
):  # fmt: skip
    """A step of descent on the MSE, then the soft threshold αλ on the weights: w (n, 1), b (1,)."""
    scale, level = lr * two * sign * (1 if per_row else len(X)), with_bias * b
    threshold, pull = lam * (1 if factor == "1/α" else factor * lr), lr * lam * w.sign()
    down = scale * slope(w, level, X, y)
    v = w - down
    steps = {
        "twice": soft(v - pull, threshold),
        "in the gradient": v - pull,
        "nowhere": v,
        "cut": hard(v, threshold),
        "before": soft(w, threshold) - down,
    }
    new_w = steps.get(penalty, soft(v, threshold))
    step = scale * slope_b(new_w if bias == "of the new w" else w, level, X, y)
    new_b = b - step
    return new_w, {"old": b, "pulled": soft(new_b, threshold), "half": b - step / 2}.get(bias, new_b)


def _some_zero(rng, m, n):
    """Near a fit, with one weight at 0; in every fourth draw all are, and λ is large."""
    case = model_at(rng, m, n)
    case["y"] = (case["X"] @ case["w"] + case["b"] + numbers(rng, m, 1)).round(decimals=1)
    case["w"][m % n] = 0
    if m % 4 == 0:  # nothing is violated
        return {**case, "w": 0 * case["w"], "lambda_coef": 400.0}
    return {**case, "lambda_coef": 4.0}


@exercise(
    _some_zero,
    returns="one number",
    sign={-1: "the sign is wrong where w ≠ 0: it is g + λ sign(w) that must vanish"},
    at_zero={False: "where w = 0 the slope itself was taken: up to λ it is allowed, only the excess counts"},
    condition={
        "|g| − λ": "|g| − λ was taken for every weight: where w ≠ 0 it is |g + λ sign(w)|",
        "|g|": "this is the largest |g|: it does not vanish at the minimum, it is balanced by λ",
        "signed": "the absolute value is missing where w ≠ 0: |g + λ sign(w)|",
    },
    cut={False: "where w = 0 and |g| is below λ nothing is violated: that counts as 0, not as |g| − λ"},
    over={
        "sum": "the sum over the features, where the largest is wanted",
        "mean": "the mean over the features, where the largest is wanted",
        "min": "the smallest over the features, where the largest is wanted",
    },
    two={0.5: "the gradient's 2 is missing"},
    per_row={False: "the gradient's 1/m is missing"},
    with_bias={False: "the intercept is missing in the residual"},
    factor={0.5: "λ/2 in place of λ"},
)
def kkt_violation(
    w, b, X, y, lam, *, sign=1, at_zero=True, condition="both", cut=True, over="max", two=1, per_row=True,
    with_bias=True, factor=1,
):  # fmt: skip
    """The largest violation, a number: |g + λ sign(w)| where w ≠ 0, what |g| has beyond λ where w = 0."""
    lam = factor * lam
    g = two * (1 if per_row else len(X)) * slope(w, with_bias * b, X, y)
    balance, excess = sign * g + lam * w.sign(), g.abs() - lam
    balance = balance if condition == "signed" else balance.abs()
    excess = excess.clamp(min=0) if cut else excess
    both = torch.where(w != 0, balance, excess) if at_zero else balance
    violations = {"|g| − λ": excess, "|g|": g.abs()}.get(condition, both)
    return getattr(violations, over)()
