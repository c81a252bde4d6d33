"""The checkpoints of notebook 07: values computed from the diabetes patients."""

import numpy as np
import torch

from ..closed_form import ridge_closed_form
from ..data import load_diabetes
from ..lasso_path import cross_validate, lambda_max, lasso_path
from .mechanism import EXERCISES, Exercise


def _patients(rng, m, n):
    return {"data": load_diabetes()}


def _all_rows(data):
    return torch.cat([data.X_train, data.X_test]), torch.cat([data.y_train, data.y_test])


def _shares(data, low=1e-3, spread=np.geomspace):
    return lambda_max(data.X_train, data.y_train) * spread(1, low, 100)


def _chosen(data):
    return cross_validate(data.X_train, data.y_train).lambda_1se


def _at(data, lambda_coef):
    path = lasso_path(data.X_train, data.y_train, [lambda_coef])
    return path.weights[0], path.biases[0]


def _squares(data, lambda_coef=None, rows="test", with_bias=True):
    """The squared errors at a λ, by default the chosen one."""
    weight, bias = _at(data, _chosen(data) if lambda_coef is None else lambda_coef)
    X, y = (data.X_test, data.y_test) if rows == "test" else (data.X_train, data.y_train)
    return (X.double().numpy() @ weight + with_bias * bias - y.double().numpy()[:, 0]) ** 2


def _mean_se(squares, power=0.5):
    return squares.mean(), squares.std(ddof=1) / len(squares) ** power


EXERCISES["highest"] = Exercise(
    draw=_patients,
    reference=lambda data: lambda_max(data.X_train, data.y_train),
    mistakes={
        "this is λ_max of the *test* patients: they are not ours to look at yet": lambda data: lambda_max(
            data.X_test, data.y_test
        ),
        "all patients were used: the training patients alone set λ_max": lambda data: lambda_max(
            *_all_rows(data)
        ),
        "half of it: this is scikit-learn's alpha": lambda data: lambda_max(data.X_train, data.y_train) / 2,
        "this is the share λ = 1 has of λ_max: λ_max itself is wanted": lambda data: (
            1 / lambda_max(data.X_train, data.y_train)
        ),
        "this is the prostate men's 1.7446: other data, another λ_max": lambda data: 1.7446,
    },
    returns="one number, λ_max",
    is_value=True,
)

EXERCISES["start_bias"] = Exercise(
    draw=_patients,
    reference=lambda data: data.y_train.double().mean(),
    mistakes={
        "the test patients' mean: the training patients' is wanted": lambda data: data.y_test.double().mean(),
        "the mean of all patients: the training patients' is wanted": lambda data: (
            _all_rows(data)[1].double().mean()
        ),
        "the median: least squares alone with a bias gives the mean": lambda data: (
            data.y_train.double().median()
        ),
        "this is the std of the labels: their mean is wanted": lambda data: data.y_train.double().std(),
        "0 is where the lecture's loop begins, more or less: begin nearer": lambda data: 0.0,
    },
    returns="one number, the bias to begin at",
    is_value=True,
)

EXERCISES["candidates"] = Exercise(
    draw=_patients,
    reference=_shares,
    mistakes={
        "these are the shares: multiply them by λ_max": lambda data: np.geomspace(1, 1e-3, 100),
        "evenly spaced: then nearly all of them are large. Log-spaced is wanted": lambda data: _shares(
            data, spread=np.linspace
        ),
        "down to λ_max/100 only: λ_max/1000 is wanted": lambda data: _shares(data, low=1e-2),
        "np.logspace takes exponents: from 0 to −3, not from 1 to 0.001": lambda data: _shares(
            data, spread=np.logspace
        ),
        "these are for the prostate men's λ_max, 1.7446": lambda data: 1.744594 * np.geomspace(1, 1e-3, 100),
    },
    conventions={"from small to large, as other libraries list them": lambda data: _shares(data)[::-1]},
    returns="100 values of λ",
    flat=True,
    is_value=True,
)

EXERCISES["chosen"] = Exercise(
    draw=_patients,
    reference=_chosen,
    mistakes={
        "this is λ_min: it moves from deal to deal (06). The one-SE rule's is wanted": lambda data: (
            cross_validate(data.X_train, data.y_train).lambda_min
        ),
        "cross-validated on the test patients: they are not ours to look at yet": lambda data: (
            cross_validate(data.X_test, data.y_test).lambda_1se
        ),
        "cross-validated on all patients: the test patients must stay unseen": lambda data: (
            cross_validate(*_all_rows(data)).lambda_1se
        ),
        "this is its share of λ_max: the λ itself is wanted": lambda data: (
            _chosen(data) / lambda_max(data.X_train, data.y_train)
        ),
        "chosen where the *test* error is lowest: that is choosing on the test set": lambda data: _shares(
            data
        )[np.argmin([_squares(data, lam).mean() for lam in _shares(data)])],
        "the prostate men's choice, 0.35: it does not transfer": lambda data: 0.35,
    },
    returns="one number, a λ",
    is_value=True,
)

EXERCISES["weights"] = Exercise(
    draw=_patients,
    reference=lambda data: _at(data, _chosen(data))[0],
    mistakes={
        "these are the weights at λ_min: the chosen λ is the one-SE rule's": lambda data: _at(
            data, cross_validate(data.X_train, data.y_train).lambda_min
        )[0],
        "least squares: λ is not in it": lambda data: _at(data, 0.0)[0],
        "λ/2 was used: our λ needs no conversion here": lambda data: _at(data, _chosen(data) / 2)[0],
        "this is ridge at that λ: no weight is 0": lambda data: ridge_closed_form(
            data.X_train, data.y_train, _chosen(data)
        )[0],
        "1 where a feature is in, 0 where it is out: the weights themselves are wanted": lambda data: (
            1.0 * (_at(data, _chosen(data))[0] != 0)
        ),
        "the λ = 1 of the lecture was used": lambda data: _at(data, 1.0)[0],
    },
    returns="ten weights",
    flat=True,
    is_value=True,
)

EXERCISES["test_error"] = Exercise(
    draw=_patients,
    reference=lambda data: _mean_se(_squares(data)),
    mistakes={
        "this is the training patients' error: too good to be honest": lambda data: _mean_se(
            _squares(data, rows="train")
        ),
        "the error is right; the SD was taken for the SE: divide by √133": lambda data: _mean_se(
            _squares(data), power=0
        ),
        "the error is right; for the SE divide by √133, not by 133": lambda data: _mean_se(
            _squares(data), power=1
        ),
        "the root was taken of the mean: the MSE is wanted, with its SE": lambda data: (
            _squares(data).mean() ** 0.5,
            _mean_se(_squares(data))[1],
        ),
        "the roots were taken: the squared errors are wanted": lambda data: _mean_se(_squares(data) ** 0.5),
        "the bias is missing in the predictions": lambda data: _mean_se(_squares(data, with_bias=False)),
        "this is least squares' error, at λ = 0": lambda data: _mean_se(_squares(data, 0.0)),
        "this is the error at λ_min: the chosen λ is the one-SE rule's": lambda data: _mean_se(
            _squares(data, cross_validate(data.X_train, data.y_train).lambda_min)
        ),
    },
    conventions={
        "the SE with ddof = 0; this series has ddof = 1": lambda data: (
            _squares(data).mean(),
            _squares(data).std() / len(_squares(data)) ** 0.5,
        )
    },
    returns="(test MSE, its SE), two numbers",
    is_value=True,
)
