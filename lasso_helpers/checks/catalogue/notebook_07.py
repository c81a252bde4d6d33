"""The checkpoints of notebook 07: values computed from the diabetes patients."""

from functools import cache

import numpy as np
import torch

from ...closed_form import ridge_closed_form
from ...lasso_path import cross_validate, lambda_max, lasso_path
from ...loading import load_diabetes
from ..exercises import Convention, exercise
from .notebook_06 import DDOF_0

PROSTATE = 1.744594  # the prostate men's λ_max
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


def _bias():
    return _model_at(_choice().lambda_1se)[1]


GOES_ON: dict = {"cv": _choice, "bias": _bias}  # what the notebook uses beside the checkpoints' values


def _squares(of, lam, with_bias=True):
    """The squared errors of the model at λ on some patients."""
    (X, y), (weight, bias) = _rows(of), _model_at(lam)
    return (X.double().numpy() @ weight + with_bias * bias - y.double().numpy()[:, 0]) ** 2


@exercise(
    _no_arguments,
    returns="one number, λ_max",
    is_value=True,
    of={
        "test": "this is λ_max of the *test* patients: they are not ours to look at yet",
        "all": "all patients were used: the training patients alone set λ_max",
    },
    factor={0.5: "half of it: this is scikit-learn's alpha"},
    gives={
        "share": "this is the share λ = 1 has of λ_max: λ_max itself is wanted",
        "prostate": "this is the prostate men's 1.7446: other data, another λ_max",
    },
)
def highest(*, of="train", factor=1, gives="λ_max"):
    """λ_max of the training patients."""
    top = factor * _highest(of)
    return {"λ_max": top, "share": 1 / top, "prostate": PROSTATE}[gives]


@exercise(
    _no_arguments,
    returns="one number, the bias to begin at",
    is_value=True,
    of={
        "test": "the test patients' mean: the training patients' is wanted",
        "all": "the mean of all patients: the training patients' is wanted",
    },
    gives={
        "median": "the median: least squares alone with a bias gives the mean",
        "std": "this is the std of the labels: their mean is wanted",
        "0": "0 is where the lecture's loop begins, more or less: begin nearer",
    },
)
def start_bias(*, of="train", gives="mean"):
    """The bias that is best while all weights are 0."""
    labels = _rows(of)[1].double()
    return {"mean": labels.mean(), "median": labels.median(), "std": labels.std(), "0": 0.0}[gives]


@exercise(
    _no_arguments,
    returns="100 values of λ",
    flat=True,
    is_value=True,
    ascending={True: Convention("from small to large, as other libraries list them")},
    top={
        1: "these are the shares: multiply them by λ_max",
        PROSTATE: "these are for the prostate men's λ_max, 1.7446",
    },
    spacing={
        "even": "evenly spaced: then nearly all of them are large. Log-spaced is wanted",
        "short": "down to λ_max/100 only: λ_max/1000 is wanted",
        "exponents": "np.logspace takes exponents: from 0 to −3, not from 1 to 0.001",
    },
)
def candidates(*, ascending=False, top=None, spacing="log"):
    """100 log-spaced values of λ, from λ_max down to λ_max/1000 (100,)."""
    shares = {
        "log": np.geomspace(1, 1e-3, 100),
        "even": np.linspace(1, 1e-3, 100),
        "short": np.geomspace(1, 1e-2, 100),
        "exponents": np.logspace(1, 1e-3, 100),
    }[spacing]
    return (top or _highest()) * (shares[::-1] if ascending else shares)


@exercise(
    _no_arguments,
    returns="one number, a λ",
    is_value=True,
    rule={
        "λ_min": "this is λ_min: it moves from deal to deal (06). The one-SE rule's is wanted",
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
    returns="ten weights",
    flat=True,
    is_value=True,
    lam={
        "λ_min": "these are the weights at λ_min: the chosen λ is the one-SE rule's",
        "0": "least squares: λ is not in it",
        "half": "λ/2 was used: our λ needs no conversion here",
        "1": "the λ = 1 of the lecture was used",
    },
    gives={
        "ridge": "this is ridge at that λ: no weight is 0",
        "is in": "1 where a feature is in, 0 where it is out: the weights themselves are wanted",
    },
)
def weights(*, lam="λ_1se", gives="lasso"):
    """The lasso's weights (n,) at the chosen λ."""
    best = _choice().lambda_1se
    lam = {"λ_1se": best, "λ_min": _choice().lambda_min, "0": 0.0, "half": best / 2, "1": 1.0}[lam]
    if gives == "ridge":
        return ridge_closed_form(*_rows("train"), lam)[0]
    weight = _model_at(lam)[0]
    return 1.0 * (weight != 0) if gives == "is in" else weight


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
    with_bias={False: "the bias is missing in the predictions"},
    lam={
        "0": "this is least squares' error, at λ = 0",
        "λ_min": "this is the error at λ_min: the chosen λ is the one-SE rule's",
    },
)
def test_error(*, ddof=1, of="test", root="√m", roots="", with_bias=True, lam="λ_1se"):
    """The chosen model's mean squared error on the test patients, and the SE of that."""
    lam = {"λ_1se": _choice().lambda_1se, "λ_min": _choice().lambda_min, "0": 0.0}[lam]
    squares = _squares(of, lam, with_bias)
    squares = squares**0.5 if roots == "of each" else squares
    m, mse = len(squares), squares.mean()
    se = squares.std(ddof=ddof) / {"√m": m**0.5, "SD": 1, "m": m}[root]
    return mse**0.5 if roots == "of the mean" else mse, se
