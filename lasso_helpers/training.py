"""The training loop, once for one model and once for a whole plane of (λ, α) side by side."""

import contextlib
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import ArrayLike

from .arguments import as_count, as_matrix, as_numbers, as_seed, as_tensor
from .data import Dataset, as_dataset
from .model import LassoRegression
from .proximal import soft_threshold


class LearningCurve(NamedTuple):
    """What `train` saw after each of its T steps."""

    train_rmse: np.ndarray  #: (T,)
    test_rmse: np.ndarray  #: (T,)
    objective: np.ndarray  #: (T,), L_S on the training data
    weights: np.ndarray  #: (T, n)


class CurveGrid(NamedTuple):
    """What `train_grid` saw after each of its T steps, for K values of λ and A learning rates."""

    lambda_coefs: np.ndarray  #: (K,)
    lrs: np.ndarray  #: (A,)
    train_rmse: np.ndarray  #: (K, A, T)
    test_rmse: np.ndarray  #: (K, A, T)
    objective: np.ndarray  #: (K, A, T)
    exact_zeros: np.ndarray  #: (K, A, T), weights with w == 0
    weights: np.ndarray  #: (K, A, n), at the end; (K, A, R, n) of R recorded iterations
    start: np.ndarray  #: (n + 1,), the weights, then the intercept, with which every run began


def rmse(predictions: ArrayLike, labels: ArrayLike) -> float:
    """√((1/m) Σ (predictionᵢ − labelᵢ)²), in the labels' units: two (m, 1) -> float.

    NaN or infinity in the predictions is passed on: a diverged model has no finite error.
    """
    predictions = as_tensor("predictions", predictions).detach()
    labels = as_matrix("labels", labels).detach()
    if predictions.shape != labels.shape:
        raise ValueError(
            f"predictions must have the labels' shape {tuple(labels.shape)} "
            f"(another would be broadcast), got {tuple(predictions.shape)}"
        )
    return float(((predictions - labels) ** 2).mean().sqrt())


def train(
    model: LassoRegression, data: Dataset, num_iterations: int = 250, lr: float = 0.01
) -> LearningCurve:
    """The lecture's loop: `model.learn` for one step, then measure, num_iterations times.

    model: a `LassoRegression`, changed in place; data: a `Dataset`; lr: α > 0
    -> LearningCurve. A divergence raises nothing; its errors grow to infinity or NaN.
    """
    if not isinstance(model, LassoRegression):
        raise ValueError(f"model must be a LassoRegression, got {type(model).__name__}")
    T = as_count("num_iterations", num_iterations)
    X_train, y_train, X_test, y_test, *_ = as_dataset(data)
    curve = LearningCurve(np.zeros(T), np.zeros(T), np.zeros(T), np.zeros((T, X_train.shape[1])))
    for t in range(T):
        model.learn(X_train, y_train, lr=lr)
        with torch.no_grad():
            curve.train_rmse[t] = rmse(model.predict(X_train), y_train)
            curve.test_rmse[t] = rmse(model.predict(X_test), y_test)
            curve.objective[t] = model.loss(X_train, y_train)
            curve.weights[t] = model.weight[:, 0]
    return curve


def train_grid(
    data: Dataset,
    lambda_coefs: ArrayLike,
    lrs: ArrayLike,
    num_iterations: int = 250,
    seed: int = 0,
    record: ArrayLike | None = None,
) -> CurveGrid:
    """`train` for every pair of λ and α at once, in float64 on `data.exact`, from the start that seed gives.

    data: a `Dataset`; lambda_coefs: K numbers ≥ 0; lrs: A numbers > 0; each run starts where
    `torch.manual_seed(seed)` and a fresh `LassoRegression` would; record: numbers of steps from 0, the start,
    to num_iterations, after which the weights are kept; without it they are kept at the end -> CurveGrid.

    The runs share one batch and one backward pass a step: the sum of their losses has each run's
    own gradient in its own column. The m rows are first folded into at most n + 2,
    so a step's cost does not depend on m. On tensors this small torch's threads only wait for each
    other: the loop takes one. Thread count and random state are left as found.
    """
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lrs = as_numbers("lrs", lrs, above=0)
    K, A, T = len(lambda_coefs), len(lrs), as_count("num_iterations", num_iterations)
    exact = as_dataset(data).exact
    test_rows, test_constant = _fold_rows(exact.X_test, exact.y_test)
    start, kept = _start(data, seed), _recorded(record, T)
    walk = start[:-1].repeat(len(kept), 1, K * A)  # (R, n, K·A)
    curves = torch.empty(4, T, K * A, dtype=torch.float64)
    with _one_thread():
        for t, params, mse, loss in _steps(data, lambda_coefs, lrs, T, start):
            test_mse = ((test_rows @ params - test_constant) ** 2).sum(dim=0)
            curves[0, t], curves[1, t], curves[2, t] = mse.sqrt(), test_mse.sqrt(), loss
            curves[3, t] = (params[:-1] == 0).sum(dim=0)
            walk[kept == t + 1] = params[:-1]
    train_rmse, test_rmse, objective, zeros = curves.transpose(1, 2).contiguous().reshape(4, K, A, T).numpy()
    weights = walk.permute(2, 0, 1).reshape(K, A, len(kept), -1).numpy()
    weights = weights[:, :, -1] if record is None else weights
    return CurveGrid(
        lambda_coefs, lrs, train_rmse, test_rmse, objective, zeros.astype(int), weights, start[:, 0].numpy()
    )


def weight_walks(
    data: Dataset,
    lambda_coefs: ArrayLike,
    lrs: ArrayLike,
    num_iterations: int = 250,
    seed: int = 0,
    proximal: bool = False,
) -> np.ndarray:
    """The weights of `train_grid`'s runs after every step, (K, A, T, n).

    Arguments and errors as in `train_grid`. proximal: two lines of the loop change, and the lecture's descent
    becomes ISTA. The penalty leaves the loss, and the soft threshold αλ enters after the step.
    """
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, at_least=0)
    lrs = as_numbers("lrs", lrs, above=0)
    K, A, T = len(lambda_coefs), len(lrs), as_count("num_iterations", num_iterations)
    n, start = as_dataset(data).X_train.shape[1], _start(data, seed)
    walks = torch.empty(T, n, K * A, dtype=torch.float64)
    with _one_thread():
        for t, params, _, _ in _steps(data, lambda_coefs, lrs, T, start, proximal):
            walks[t] = params[:-1]
    return walks.permute(2, 0, 1).reshape(K, A, T, n).numpy()


def _recorded(record, T):
    """The numbers of steps after which weights are kept, (R,)."""
    steps = as_numbers("record", [T] if record is None else record, at_least=0)
    if (steps % 1 != 0).any() or steps.max() > T:
        raise ValueError(f"record must be whole numbers from 0 to num_iterations = {T}, got {steps.tolist()}")
    return torch.as_tensor(steps)


def _steps(data, lambda_coefs, lrs, T, start, proximal=False):
    """Yields t, the parameters after step t (n + 1, K·A), their MSE and objective (K·A,), T times."""
    K, A, n = len(lambda_coefs), len(lrs), data.X_train.shape[1]
    rows, constant = _fold_rows(data.exact.X_train, data.exact.y_train)
    lam = torch.as_tensor(lambda_coefs).repeat_interleave(A)
    lr = torch.as_tensor(lrs).repeat(K)
    params = start.repeat(1, K * A).requires_grad_()  # the weights, then the intercept
    for t in range(-1, T):
        # Forward pass: the training MSE and the objective of every run.
        mse = ((rows @ params - constant) ** 2).sum(dim=0)
        loss = mse + lam * params[:n].abs().sum(dim=0)
        if t >= 0:
            yield t, params.detach(), mse.detach(), loss.detach()
        if t < T - 1:
            # Backward pass, then the step downhill, each run with its own α.
            (gradient,) = torch.autograd.grad((mse if proximal else loss).sum(), params)
            with torch.no_grad():
                params -= lr * gradient
                if proximal:
                    params[:n] = soft_threshold(params[:n], lr * lam)


@contextlib.contextmanager
def _one_thread():
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _fold_rows(X, y):
    """(R, z) of at most n + 2 rows with ‖R (w, b) − z‖² = (1/m) Σ (xᵢᵀw + b − yᵢ)² for every (w, b).

    [X 1 y] = QR, and Q changes no length. Unlike XᵀX/m, no squared error is a difference here.
    """
    folded = torch.linalg.qr(torch.cat([X, torch.ones_like(y), y], dim=1), mode="r").R / len(X) ** 0.5
    return folded[:, :-1], folded[:, -1:]


def _start(data, seed):
    """The (n + 1, 1) start: a fresh model's weights, then its intercept, in float64."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(as_seed(seed))
        model = LassoRegression(data.X_train.shape[1])
    return torch.cat([model.weight.detach(), model.bias.detach()[None]]).double()
