"""The exercises of notebook 03."""

import torch

from ..exercises import exercise
from .made_up_data import columns, model_at


@exercise(
    lambda rng, m, n: {**model_at(rng, m, n), "lambda_coef": 0.7},
    returns="the gradient in w (n, 1)",
    pull={
        "λw": "the penalty's 2 is missing: the derivative of λw² is 2λw",
        "2λw/m": "the penalty was divided by m: it is no mean over rows",
        "−2λw": "the penalty's part is subtracted where it must be added",
        "0": "the penalty's part is missing: this is the squared error's gradient",
        "λ sign(w)": "the penalty's part is the lasso's, λ sign(w)",
    },
    two={1: "the squared error's 2 is missing"},
    rows={0: "the 1/m is missing: the squared error is a mean", 2: "you divided by m twice"},
    residual={-1: "the residual has the wrong sign: it is predictions minus labels"},
    uphill={False: "the sign is wrong: this points downhill, the gradient uphill"},
    with_bias={False: "the intercept b is missing in the residual"},
)
def ridge_gradient(w, b, X, y, lam, *, pull="2λw", two=2, rows=1, residual=1, uphill=True, with_bias=True):
    """The gradient of ridge's objective in w (n, 1): 2Xᵀ(Xw + b − y)/m + 2λw."""
    m = len(X)
    of_error = residual * two / m**rows * X.T @ (X @ w + with_bias * b - y)
    pulls = {
        "λw": lam * w,
        "2λw/m": 2 * lam * w / m,
        "−2λw": -2 * lam * w,
        "0": 0,
        "λ sign(w)": lam * w.sign(),
    }
    return (1 if uphill else -1) * (of_error + pulls.get(pull, 2 * lam * w))


@exercise(
    lambda rng, m, n: {"X": columns(rng, m, n), "lambda_coef": 0.7},
    returns="one number",
    limit={
        "1/h": "1 over the curvature: that is the best learning rate along the steepest direction, the limit "
        "is twice as large",
        "h": "this is the curvature itself: the limit is 2 divided by it",
    },
    place={0: "the smallest eigenvalue was taken: the steepest direction decides, the largest"},
    bias={
        "none": "the intercept is missing: add a column of ones to X",
        "penalised": "the intercept is penalised too: its diagonal entry gets no 2λ",
    },
    factor={
        1: "λ in place of 2λ: the second derivative of λw² is 2λ",
        0: "λ has no effect: this is 2/h",
    },
    two={1: "the Hessian's 2 is missing: the second derivative of a square is 2"},
    per_row={False: "the Hessian's 1/m is missing"},
    centred={True: "X was centred first: the limit of *this* X is wanted, means and all"},
)
def largest_lr(X, lam, *, limit="2/h", place=-1, bias="free", factor=2, two=2, per_row=True, centred=False):
    """2/h of the Hessian of MSE + λ‖w‖² in (w, b): the learning rate beyond which descent diverges."""
    A = X - X.mean(0) if centred else X
    A = A if bias == "none" else torch.hstack([A, torch.ones(len(X), 1, dtype=X.dtype)])
    penalised = torch.ones(A.shape[1], dtype=X.dtype)
    if bias == "free":
        penalised[-1] = 0
    hessian = two / (len(X) if per_row else 1) * A.T @ A + factor * lam * penalised.diag()
    h = torch.linalg.eigvalsh(hessian)[place]
    return {"2/h": 2 / h, "1/h": 1 / h, "h": h}[limit]
