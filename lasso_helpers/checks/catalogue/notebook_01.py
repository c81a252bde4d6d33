"""The exercise of notebook 01."""

import torch

from ..exercises import exercise
from .made_up_data import labelled


@exercise(
    lambda rng, m, n: {**labelled(rng, m, n), "lambda_coef": 0.7},
    returns="(w, b), w (n, 1) and b (1,)",
    parts=("w", "b"),
    centred={"": "X and y were not centred before `solve`", "y": "only y was centred before `solve`, not X"},
    per_row={
        "": "the 1/m is missing: XᵀX and Xᵀy are sums, so λ counts m times too little",
        "XᵀX": "the 1/m is at XᵀX and not at Xᵀy: both are means",
        "Xᵀy": "the 1/m is at Xᵀy and not at XᵀX: both are means",
    },
    factor={
        "m": "λ is multiplied by m, which belongs to XᵀX without its 1/m (or: you divided by m twice)",
        0.5: "λ/2 in place of λ: the derivative's 2 stands at both parts and cancels",
        2: "2λ in place of λ: the derivative's 2 stands at both parts and cancels",
        0: "λ has no effect: this is least squares",
    },
    bias={
        "ȳ": "b is ȳ, which forgets x̄ᵀw",
        "0": "b is 0, where ȳ − x̄ᵀw is wanted",
        "ȳ + x̄ᵀw": "b adds x̄ᵀw to ȳ where it must be subtracted",
        "a weight": "the intercept is penalised too: a column of ones got its share of λI. Centre instead",
    },
)
def ridge(X, y, lam, *, centred="Xy", per_row="XᵀX, Xᵀy", factor=1, bias="ȳ − x̄ᵀw"):
    """Ridge's minimiser in closed form: w (n, 1) of (X_cᵀX_c/m + λI) w = X_cᵀy_c/m, b (1,) = ȳ − x̄ᵀw."""
    m, x_mean, y_mean = len(X), X.mean(0), y.mean(0)
    A = X - x_mean if "X" in centred else X
    target = y - y_mean if "y" in centred else y
    if bias == "a weight":
        A, target = torch.hstack([X, torch.ones_like(y)]), y
    gram = A.T @ A / (m if "XᵀX" in per_row else 1)  # (n, n)
    right = A.T @ target / (m if "Xᵀy" in per_row else 1)  # (n, 1)
    penalty = lam * (m if factor == "m" else factor)
    w = torch.linalg.solve(gram + penalty * torch.eye(len(gram), dtype=X.dtype), right)
    if bias == "a weight":
        return w[:-1], w[-1]
    levels = {"ȳ": y_mean, "0": 0 * y_mean, "ȳ + x̄ᵀw": y_mean + x_mean @ w}
    return w, levels.get(bias, y_mean - x_mean @ w)
