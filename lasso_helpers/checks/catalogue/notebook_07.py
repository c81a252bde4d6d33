"""The checkpoints of notebook 07: values computed from the diabetes patients."""

import numpy as np
import torch

from ...closed_form import ridge_closed_form
from ...data import load_diabetes
from ...lasso_path import cross_validate, lambda_max, lasso_path
from ..exercises import Convention, exercise


def _patients(rng, m, n):
    return {"data": load_diabetes()}


def _all_rows(data):
    return torch.cat([data.X_train, data.X_test]), torch.cat([data.y_train, data.y_test])


def _highest(data):
    return lambda_max(data.X_train, data.y_train)


def _choice(data):
    return cross_validate(data.X_train, data.y_train)


def _model_at(data, lam):
    path = lasso_path(data.X_train, data.y_train, [lam])
    return path.weights[0], path.biases[0]


def _weights(data, lam):
    return _model_at(data, lam)[0]


def _squares(X, y, weight, bias):
    return (X.double().numpy() @ weight + bias - y.double().numpy()[:, 0]) ** 2


def _test_squares(data, lam):
    return _squares(data.X_test, data.y_test, *_model_at(data, lam))


def _mean_se(squares):
    return squares.mean(), squares.std(ddof=1) / len(squares) ** 0.5


@exercise(draw=_patients, returns="one number, λ_max", is_value=True)
def highest(data):
    """λ_max of the training patients."""
    yield _highest(data)
    yield "this is λ_max of the *test* patients: they are not ours to look at yet"
    yield lambda_max(data.X_test, data.y_test)
    yield "all patients were used: the training patients alone set λ_max"
    yield lambda_max(*_all_rows(data))
    yield "half of it: this is scikit-learn's alpha"
    yield _highest(data) / 2
    yield "this is the share λ = 1 has of λ_max: λ_max itself is wanted"
    yield 1 / _highest(data)
    yield "this is the prostate men's 1.7446: other data, another λ_max"
    yield 1.7446


@exercise(draw=_patients, returns="one number, the bias to begin at", is_value=True)
def start_bias(data):
    """The bias that is best while all weights are 0."""
    labels = data.y_train.double()
    yield labels.mean()
    yield "the test patients' mean: the training patients' is wanted"
    yield data.y_test.double().mean()
    yield "the mean of all patients: the training patients' is wanted"
    yield _all_rows(data)[1].double().mean()
    yield "the median: least squares alone with a bias gives the mean"
    yield labels.median()
    yield "this is the std of the labels: their mean is wanted"
    yield labels.std()
    yield "0 is where the lecture's loop begins, more or less: begin nearer"
    yield 0.0


@exercise(draw=_patients, returns="100 values of λ", flat=True, is_value=True)
def candidates(data):
    """100 log-spaced values of λ, from λ_max down to λ_max/1000."""
    shares = np.geomspace(1, 1e-3, 100)
    yield _highest(data) * shares
    yield Convention("from small to large, as other libraries list them")
    yield _highest(data) * shares[::-1]
    yield "these are the shares: multiply them by λ_max"
    yield shares
    yield "evenly spaced: then nearly all of them are large. Log-spaced is wanted"
    yield _highest(data) * np.linspace(1, 1e-3, 100)
    yield "down to λ_max/100 only: λ_max/1000 is wanted"
    yield _highest(data) * np.geomspace(1, 1e-2, 100)
    yield "np.logspace takes exponents: from 0 to −3, not from 1 to 0.001"
    yield _highest(data) * np.logspace(1, 1e-3, 100)
    yield "these are for the prostate men's λ_max, 1.7446"
    yield 1.744594 * shares


@exercise(draw=_patients, returns="one number, a λ", is_value=True)
def chosen(data):
    """The λ of the one-SE rule."""
    choice = _choice(data)
    yield choice.lambda_1se
    yield "this is λ_min: it moves from deal to deal (06). The one-SE rule's is wanted"
    yield choice.lambda_min
    yield "cross-validated on the test patients: they are not ours to look at yet"
    yield cross_validate(data.X_test, data.y_test).lambda_1se
    yield "cross-validated on all patients: the test patients must stay unseen"
    yield cross_validate(*_all_rows(data)).lambda_1se
    yield "this is its share of λ_max: the λ itself is wanted"
    yield choice.lambda_1se / _highest(data)
    yield "chosen where the *test* error is lowest: that is choosing on the test set"
    yield min(_highest(data) * np.geomspace(1, 1e-3, 100), key=lambda lam: _test_squares(data, lam).mean())
    yield "the prostate men's choice, 0.35: it does not transfer"
    yield 0.35


@exercise(draw=_patients, returns="ten weights", flat=True, is_value=True)
def weights(data):
    """The lasso's weights at the chosen λ."""
    choice = _choice(data)
    lam = choice.lambda_1se
    yield _weights(data, lam)
    yield "these are the weights at λ_min: the chosen λ is the one-SE rule's"
    yield _weights(data, choice.lambda_min)
    yield "least squares: λ is not in it"
    yield _weights(data, 0.0)
    yield "λ/2 was used: our λ needs no conversion here"
    yield _weights(data, lam / 2)
    yield "this is ridge at that λ: no weight is 0"
    yield ridge_closed_form(data.X_train, data.y_train, lam)[0]
    yield "1 where a feature is in, 0 where it is out: the weights themselves are wanted"
    yield 1.0 * (_weights(data, lam) != 0)
    yield "the λ = 1 of the lecture was used"
    yield _weights(data, 1.0)


@exercise(draw=_patients, returns="(test MSE, its SE), two numbers", is_value=True)
def test_error(data):
    """The chosen model's mean squared error on the test patients, and the SE of that."""
    choice = _choice(data)
    weight, bias = _model_at(data, choice.lambda_1se)
    squares = _squares(data.X_test, data.y_test, weight, bias)
    mse, se = _mean_se(squares)
    yield mse, se
    yield Convention("the SE with ddof = 0; this series has ddof = 1")
    yield mse, squares.std() / len(squares) ** 0.5
    yield "this is the training patients' error: too good to be honest"
    yield _mean_se(_squares(data.X_train, data.y_train, weight, bias))
    yield "the error is right; the SD was taken for the SE: divide by √133"
    yield mse, squares.std(ddof=1)
    yield "the error is right; for the SE divide by √133, not by 133"
    yield mse, squares.std(ddof=1) / len(squares)
    yield "the root was taken of the mean: the MSE is wanted, with its SE"
    yield mse**0.5, se
    yield "the roots were taken: the squared errors are wanted"
    yield _mean_se(squares**0.5)
    yield "the bias is missing in the predictions"
    yield _mean_se(_squares(data.X_test, data.y_test, weight, 0))
    yield "this is least squares' error, at λ = 0"
    yield _mean_se(_test_squares(data, 0.0))
    yield "this is the error at λ_min: the chosen λ is the one-SE rule's"
    yield _mean_se(_test_squares(data, choice.lambda_min))
