"""The exercises of notebook 04."""

import torch

from ...model import LassoRegression
from ..exercises import exercise
from .made_up_data import model_at, numbers
from .shared_formulas import slope, slope_b


def _pairs(rng, m, n):
    either_side = (-1) ** m  # of the labels
    return {"predictions": numbers(rng, m, 1, around=either_side), "labels": numbers(rng, m, 1)}


@exercise(
    _pairs,
    returns="one number",
    root={
        "none": "this is the MSE: the root is missing",
        "first": "the root of each square was taken before the mean: this is the mean |difference|",
        "of the sum": "the root was taken before dividing by m: mean first, then root",
    },
    count={
        "1": "summed, where the mean is wanted: the 1/m is missing",
        "m − 1": "divided by m − 1: that is for a standard deviation, whose mean was estimated",
    },
    squares={
        "none": "the squares are missing: differences of both signs cancel",
        "of the mean": "the mean was squared: square first, then the mean, or differences cancel",
    },
    centred={True: "this is the std of the differences: it forgets their mean"},
    paired={True: "every prediction was paired with every label: (m, 1) − (m,) is (m, m). Keep both (m, 1)"},
)
def rmse(predictions, labels, *, root="last", count="m", squares="each", centred=False, paired=False):
    """The root of the mean squared difference of two (m, 1), a number."""
    difference = predictions - (labels[:, 0] if paired else labels)
    difference = difference - difference.mean() if centred else difference
    m = difference.numel()
    m = {"m": m, "1": 1, "m − 1": m - 1}[count]
    if squares != "each":
        mean = difference.sum() / m
        return {"none": mean, "of the mean": mean**2 if root == "none" else mean.abs()}[squares]
    if root == "first":
        return difference.abs().sum() / m
    total = (difference**2).sum()
    return {"last": (total / m).sqrt(), "none": total / m, "of the sum": total.sqrt() / m}[root]


def _model(rng, m, n):
    start = model_at(rng, m, n)
    model = LassoRegression(n, lambda_coef=0.7)
    with torch.no_grad():
        model.weight.copy_(start["w"])
        model.bias.copy_(start["b"])
    return {"model": model, "X": start["X"], "y": start["y"], "lr": 0.02}


@exercise(
    _model,
    returns="the model",
    parts=("weight", "bias"),
    changes=("model",),
    keep={1: "`zero_grad` is missing: the second backward added its gradient to the first one's"},
    steps={1: "only one step was taken", 3: "three steps were taken"},
    sign={-1: "the sign of the step is wrong: it climbs. The gradient must be taken away"},
    anew={False: "both steps used the gradient of the start: compute it anew before the second"},
    penalty={0: "the penalty is missing: use model.loss, not the squared error alone"},
    moves={False: "the intercept has not moved: it is a parameter like the weights"},
    power={0: "the learning rate is missing", 2: "the learning rate was applied twice"},
    per_row={False: "the loss was summed over the rows, where model.loss takes the mean"},
)
def two_steps(
    model, X, y, lr, *, keep=0, steps=2, sign=1, anew=True, penalty=1, moves=True, power=1, per_row=True
):
    """Two steps of gradient descent on the model's loss: its weight (n, 1) and bias (1,).

    keep: how much of the last gradient is added to the next.
    """
    w, b = model.weight.detach().double(), model.bias.detach().double()
    rate, rows = sign * lr**power, 1 if per_row else len(X)
    g_w, g_b = 0 * w, 0 * b
    for step in range(steps):
        if anew or step == 0:
            pull = penalty * model.lambda_coef * w.sign()
            g_w, g_b = keep * g_w + rows * slope(w, b, X, y) + pull, keep * g_b + rows * slope_b(w, b, X, y)
        w, b = w - rate * g_w, b - moves * rate * g_b
    return w, b
