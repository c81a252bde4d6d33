"""The training loop, once for one model and once for a whole plane of (λ, α) side by side."""

from typing import NamedTuple

import numpy as np
import torch

from .data import as_count, as_inputs_and_labels, as_matrix, as_numbers
from .model import LassoRegression


class LearningCurve(NamedTuple):
    """What `train` saw after each of its T steps."""

    train_rmse: np.ndarray  # (T,)
    test_rmse: np.ndarray  # (T,)
    objective: np.ndarray  # (T,), L_S on the training data
    weights: np.ndarray  # (T, n)


class CurveGrid(NamedTuple):
    """What `train_grid` saw after each of its T steps, for K values of λ and A learning rates."""

    lambda_coefs: np.ndarray  # (K,)
    lrs: np.ndarray  # (A,)
    train_rmse: np.ndarray  # (K, A, T)
    test_rmse: np.ndarray  # (K, A, T)
    objective: np.ndarray  # (K, A, T)
    exact_zeros: np.ndarray  # (K, A, T), weights with w == 0
    weights: np.ndarray  # (K, A, n), at the end


def rmse(predictions, labels):
    """√((1/m) Σ (predictionᵢ − labelᵢ)²), in the labels' units: two (m, 1) -> float.

    NaN or infinity in the predictions is passed on: a diverged model has no finite error.
    """
    predictions, labels = torch.as_tensor(predictions), as_matrix("labels", labels)
    if predictions.shape != labels.shape:
        raise ValueError(f"predictions must have the labels' shape {tuple(labels.shape)} "
                         f"(another would be broadcast), got {tuple(predictions.shape)}")
    return float(((predictions - labels) ** 2).mean().sqrt())


def train(model, data, num_iterations=250, lr=0.01):
    """The lecture's loop: `model.learn` for one step, then measure, num_iterations times.

    model: a `LassoRegression`, changed in place; data: a `Dataset`; lr: α > 0
    -> LearningCurve. A divergence raises nothing; its errors grow to infinity or NaN.
    """
    T = as_count("num_iterations", num_iterations)
    X_train, y_train = as_inputs_and_labels(*data[:2], torch.float32, ("data.X_train", "data.y_train"))
    X_test, y_test = as_inputs_and_labels(*data[2:4], torch.float32, ("data.X_test", "data.y_test"))
    curve = LearningCurve(np.zeros(T), np.zeros(T), np.zeros(T), np.zeros((T, X_train.shape[1])))
    for t in range(T):
        model.learn(X_train, y_train, lr=lr)
        with torch.no_grad():
            curve.train_rmse[t] = rmse(model.predict(X_train), y_train)
            curve.test_rmse[t] = rmse(model.predict(X_test), y_test)
            curve.objective[t] = model.loss(X_train, y_train)
            curve.weights[t] = model.weight[:, 0]
    return curve


def train_grid(data, lambda_coefs, lrs, num_iterations=250, seed=0):
    """`train` for every pair of λ and α at once, in float64, from the start that seed gives.

    data: a `Dataset`; lambda_coefs: K numbers ≥ 0; lrs: A numbers > 0; each run starts where
    `torch.manual_seed(seed)` and a fresh `LassoRegression` would -> CurveGrid.

    The runs share one batch and one backward pass a step: the sum of their losses has each run's
    own gradient in its own column. The m rows are first folded into at most n + 2 (`_fold_rows`),
    so a step's cost does not depend on m. On tensors this small torch's threads only wait for each
    other: the loop takes one. Thread count and random state are left as found.
    """
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lrs = as_numbers("lrs", lrs, above=0)
    T = as_count("num_iterations", num_iterations)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        return _train_batch(data, lambda_coefs, lrs, T, seed)
    finally:
        torch.set_num_threads(threads)


def _train_batch(data, lambda_coefs, lrs, T, seed):
    # Shapes: K values of λ, A learning rates, S = K·A runs side by side, n features.
    K, A = len(lambda_coefs), len(lrs)
    S, n = K * A, data.X_train.shape[1]
    train_rows, train_constant = _fold_rows(data.X_train, data.y_train, "train")
    test_rows, test_constant = _fold_rows(data.X_test, data.y_test, "test")
    lam = torch.from_numpy(lambda_coefs).repeat_interleave(A)  # (S,)
    lr = torch.from_numpy(lrs).repeat(K)  # (S,)
    params = _start(n, seed).repeat(1, S).requires_grad_()  # (n + 1, S): the weights, then the bias
    squares = torch.empty(2, T, S, dtype=torch.float64)
    objective = torch.empty(T, S, dtype=torch.float64)
    zeros = torch.empty(T, S, dtype=torch.int64)

    for t in range(T + 1):
        # Forward pass: the training MSE and the objective of every run.
        mse = ((train_rows @ params - train_constant) ** 2).sum(dim=0)
        loss = mse + lam * params[:n].abs().sum(dim=0)
        if t > 0:  # what the step before led to
            with torch.no_grad():
                squares[0, t - 1], objective[t - 1] = mse, loss
                squares[1, t - 1] = ((test_rows @ params - test_constant) ** 2).sum(dim=0)
                zeros[t - 1] = (params[:n] == 0).sum(dim=0)
        if t < T:
            # Backward pass, then the step downhill, each run with its own α.
            (gradient,) = torch.autograd.grad(loss.sum(), params)
            with torch.no_grad():
                params -= lr * gradient

    def by_run(measured):  # (T, S) -> (K, A, T)
        return np.ascontiguousarray(measured.detach().numpy().T).reshape(K, A, T)

    train_rmse, test_rmse = squares.sqrt()
    weights = np.ascontiguousarray(params[:n].detach().numpy().T).reshape(K, A, n)
    return CurveGrid(lambda_coefs, lrs, by_run(train_rmse), by_run(test_rmse), by_run(objective),
                     by_run(zeros), weights)


def _fold_rows(X, y, part):
    """(R, z) of at most n + 2 rows with ‖R (w, b) − z‖² = (1/m) Σ (xᵢᵀw + b − yᵢ)² for every (w, b).

    [X 1 y] = QR, and Q changes no length. Unlike XᵀX/m, no squared error is a difference here.
    """
    X, y = as_inputs_and_labels(X, y, torch.float64, (f"data.X_{part}", f"data.y_{part}"))
    folded = torch.linalg.qr(torch.cat([X, torch.ones_like(y), y], dim=1), mode="r").R / len(X) ** 0.5
    return folded[:, :-1], folded[:, -1:]


def _start(n, seed):
    """The (n + 1, 1) start: a fresh model's weight, then its bias, in float64."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = LassoRegression(n)
    return torch.cat([model.weight.detach(), model.bias.detach()[None]]).double()
