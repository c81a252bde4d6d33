"""The checkpoints of notebook 07: values computed from the diabetes patients."""

from functools import cache

import numpy as np
import torch

from ...lasso_path import cross_validate, lambda_max, lasso_path
from ...loading import load_diabetes
from ..exercises import exercise
from .notebook_06 import DDOF_0

_patients = cache(load_diabetes)


def _no_arguments(rng, m, n):
    return {}


def _rows(of):
    """X, y of the "train" or the "test" patients, or of "all" of them."""
    data = _patients()
    train, test = (data.X_train, data.y_train), (data.X_test, data.y_test)
    return {"train": train, "test": test, "all": tuple(map(torch.cat, zip(train, test)))}[of]


@cache
def _highest(of="train"):
    return lambda_max(*_rows(of))


@cache
def _choice(of="train"):
    return cross_validate(*_rows(of))


@cache
def _model_at(lam):
    path = lasso_path(*_rows("train"), [lam])
    return path.weights[0], path.biases[0]


def _squares(of, lam, with_bias=True):
    """The squared errors of the model at λ on some patients."""
    (X, y), (weight, bias) = _rows(of), _model_at(lam)
    return (X.double().numpy() @ weight + with_bias * bias - y.double().numpy()[:, 0]) ** 2


def both_squares():
    """The test patients' squared errors (133, 2), of the lasso at the chosen λ and of least squares."""
    return np.column_stack([_squares("test", lam) for lam in (_choice().lambda_1se, 0.0)])


@exercise(
    _no_arguments,
    returns="one number, a λ",
    is_value=True,
    rule={
        "λ_min": "this is λ_min: it moves with the folds (06). The one-SE rule's is wanted",
        "test": "chosen where the *test* error is lowest: that is choosing on the test set",
        "prostate": "the prostate men's choice, 0.35: it does not transfer",
    },
    of={
        "test": "cross-validated on the test patients: they are not ours to look at yet",
        "all": "cross-validated on all patients: the test patients must stay unseen",
    },
    share={True: "this is its share of λ_max: the λ itself is wanted"},
)
def chosen(*, rule="λ_1se", of="train", share=False):
    """The λ of the one-SE rule."""
    lam = {"λ_min": _choice(of).lambda_min, "prostate": 0.35}.get(rule, _choice(of).lambda_1se)
    if rule == "test":
        lam = min(_highest() * np.geomspace(1, 1e-3, 100), key=lambda lam: _squares("test", lam).mean())
    return lam / (_highest(of) if share else 1)


@exercise(
    _no_arguments,
    returns="(test MSE, its SE), two numbers",
    parts=("MSE", "SE"),
    is_value=True,
    ddof=DDOF_0,
    of={"train": "this is the training patients' error: too good to be honest"},
    root={
        "SD": "the SD was taken for the SE: divide by √133",
        "m": "for the SE divide by √133, not by 133",
    },
    roots={
        "of the mean": "the root was taken of the mean: the MSE is wanted, with its SE",
        "of each": "the roots were taken: the squared errors are wanted",
    },
    with_bias={False: "the intercept is missing in the predictions"},
    swapped={True: "MSE and SE have changed places: the MSE comes first"},
    lam={
        "0": "this is least squares' error, at λ = 0",
        "λ_min": "this is the error at λ_min: the chosen λ is the one-SE rule's",
        "1": "this is the error at the lecture's λ = 1",
        "half": "this is the error at λ/2: our λ needs no conversion here",
        "double": "this is the error at 2λ: scikit-learn's alpha is λ/2",
    },
)
def test_error(*, ddof=1, of="test", root="√m", roots="", with_bias=True, swapped=False, lam="λ_1se"):
    """The chosen model's mean squared error on the test patients, and the SE of that."""
    best = _choice().lambda_1se
    others = {"λ_min": _choice().lambda_min, "0": 0.0, "1": 1.0, "half": best / 2, "double": 2 * best}
    squares = _squares(of, others.get(lam, best), with_bias)
    squares = squares**0.5 if roots == "of each" else squares
    m, mse = len(squares), squares.mean()
    se = squares.std(ddof=ddof) / {"√m": m**0.5, "SD": 1, "m": m}[root]
    pair = mse**0.5 if roots == "of the mean" else mse, se
    return pair[::-1] if swapped else pair
