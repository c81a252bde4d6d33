"""Right answers to every exercise, each written in another way; all of them must pass."""

import itertools
import math
from copy import deepcopy

import numpy as np
import torch

import lasso_helpers


def as_numpy(*parts):
    return [np.asarray(part.detach(), dtype=float) for part in parts]


# 00


def z_by_loops(X_train, X_test):
    out = torch.empty_like(X_test)
    for j in range(X_test.shape[1]):
        column = X_train[:, j]
        mean = sum(column.tolist()) / len(column)
        std = math.sqrt(sum((value - mean) ** 2 for value in column.tolist()) / (len(column) - 1))
        out[:, j] = (X_test[:, j] - mean) / std
    return out


def z_numpy(X_train, X_test):
    train, test = as_numpy(X_train, X_test)
    return (test - train.mean(axis=0)) / train.std(axis=0, ddof=1)


# 01


def ridge_ones(X, y, lam):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    penalty = lam * torch.eye(A.shape[1])
    penalty[-1, -1] = 0
    both = torch.linalg.inv(A.T @ A / len(X) + penalty) @ A.T @ y / len(X)
    return both[:-1], both[-1]


def ridge_sums(X, y, lam):
    m, n = X.shape
    X_c, y_c = X - X.mean(0), y - y.mean()
    w = torch.linalg.solve(X_c.T @ X_c + m * lam * torch.eye(n), X_c.T @ y_c)
    return w, (y - X @ w).mean()


def ridge_numpy(X, y, lam):
    X, y = as_numpy(X, y)
    X_mean, y_mean = X.mean(axis=0), y.mean()
    gram = (X - X_mean).T @ (X - X_mean) / len(X)
    w = np.linalg.solve(gram + lam * np.eye(len(gram)), (X - X_mean).T @ (y - y_mean) / len(X))
    return w, np.array([y_mean - X_mean @ w[:, 0]])


def ridge_stacked(X, y, lam):
    m, n = X.shape
    rows = torch.cat([(X - X.mean(0)) / m**0.5, lam**0.5 * torch.eye(n)])
    w = torch.linalg.lstsq(rows, torch.cat([(y - y.mean()) / m**0.5, torch.zeros(n, 1)])).solution
    return [w, y.mean() - (X.mean(0) * w[:, 0]).sum()]


# 02


def best_by_search(a, lam):
    w = np.linspace(-3, 3, 60_001)
    return w[np.argmin((w - a) ** 2 + lam * np.abs(w))]


def best_by_cases(a, lam):
    if a > lam / 2:
        return a - lam / 2
    return a + lam / 2 if a < -lam / 2 else 0


# 03


def ridge_gradient_by_autograd(w, b, X, y, lam):
    w = w.clone().requires_grad_()
    loss = ((X @ w + b - y) ** 2).mean() + lam * (w**2).sum()
    return torch.autograd.grad(loss, w)[0]


def ridge_gradient_by_differences(w, b, X, y, lam):
    w, b, X, y = as_numpy(w, b, X, y)
    loss, out = lambda v: ((X @ v + b - y) ** 2).mean() + lam * (v**2).sum(), np.zeros_like(w)
    for j in range(len(w)):
        shift = np.zeros_like(w)
        shift[j] = 1e-5
        out[j] = (loss(w + shift) - loss(w - shift)) / 2e-5
    return out


def ridge_gradient_by_loops(w, b, X, y, lam):
    m, n = X.shape
    residual = [(X[i] @ w[:, 0] + b[0] - y[i, 0]).item() for i in range(m)]
    return [
        [sum(2 * residual[i] * X[i, j].item() for i in range(m)) / m + 2 * lam * w[j, 0].item()]
        for j in range(n)
    ]


def largest_lr_singular(X, lam):
    m, n = X.shape
    rows = torch.cat(
        [torch.cat([X, torch.ones(m, 1)], 1) * (2 / m) ** 0.5, (2 * lam) ** 0.5 * torch.eye(n, n + 1)]
    )
    return 2 / torch.linalg.svdvals(rows)[0] ** 2


def largest_lr_numpy(X, lam):
    A = np.hstack([X.numpy(), np.ones((len(X), 1))]).astype(float)
    H = 2 * A.T @ A / len(X) + 2 * lam * np.diag([1.0] * X.shape[1] + [0.0])
    return 2 / np.linalg.eigvalsh(H).max()


def largest_lr_power(X, lam):
    A = torch.hstack([X, torch.ones(len(X), 1)]).double()
    v = torch.ones(A.shape[1], 1).double()
    free = torch.ones_like(v)
    free[-1] = 0
    for _ in range(5000):
        v = 2 / len(X) * A.T @ (A @ v) + 2 * lam * free * v
        v = v / v.norm()
    return 2 / (v.T @ (2 / len(X) * A.T @ (A @ v) + 2 * lam * free * v))


# 04


def steps_by_learn(model, X, y, lr):
    model.learn(X, y, num_steps=2, lr=lr)
    return model


def steps_by_sgd(model, X, y, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for _ in range(2):
        optimizer.zero_grad()
        model.loss(X, y).backward()
        optimizer.step()
    return model


def steps_by_grad(model, X, y, lr):
    for _ in range(2):
        gradients = torch.autograd.grad(model.loss(X, y), [model.weight, model.bias])
        for parameter, gradient in zip([model.weight, model.bias], gradients):
            parameter.data -= lr * gradient
    return model


def steps_by_hand(model, X, y, lr):
    with torch.no_grad():
        for _ in range(2):
            r = X @ model.weight + model.bias - y
            g_w = 2 / len(X) * X.T @ r + model.lambda_coef * model.weight.sign()
            model.weight -= lr * g_w
            model.bias -= lr * 2 * r.mean()
    return model


def steps_grad_none(model, X, y, lr):
    for _ in range(2):
        model.loss(X, y).backward()
        with torch.no_grad():
            for p in model.parameters():
                p.copy_(p - lr * p.grad)
                p.grad = None
    return model


# 05


def step_by_sgd(w, b, X, y, lr):
    w, b = torch.nn.Parameter(w.clone()), torch.nn.Parameter(b.clone())
    optimizer = torch.optim.SGD([w, b], lr=lr)
    torch.nn.functional.mse_loss(X @ w + b, y).backward()
    optimizer.step()
    return w, b


def step_with_ones(w, b, X, y, lr):
    A, both = torch.cat([X, torch.ones(len(X), 1)], 1), torch.cat([w, b[:, None]])
    both = both - lr * 2 / len(X) * A.T @ (A @ both - y)
    return both[:-1], both[-1]


def soft(v, t):
    return torch.where(v > t, v - t, torch.where(v < -t, v + t, torch.zeros_like(v)))


def ista_by_autograd(w, b, X, y, lam, lr):
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    ((X @ w + b - y) ** 2).mean().backward()
    return soft(w.detach() - lr * w.grad, lr * lam), b.detach() - lr * b.grad


def ista_by_sgd(w, b, X, y, lam, lr):
    w, b = step_by_sgd(w, b, X, y, lr)
    return lasso_helpers.soft_threshold(w.detach(), lr * lam), b


def ista_by_clip(w, b, X, y, lam, lr):
    r = X @ w + b - y
    v = w - 2 * lr * (X * r).mean(dim=0, keepdim=True).T
    return v - v.clip(-lr * lam, lr * lam), b - 2 * lr * r.mean(dim=0)


def ista_numpy(w, b, X, y, lam, lr):
    w, b, X, y = as_numpy(w, b, X, y)
    r = X @ w + b - y
    v = w - lr * 2 / len(X) * (X.T @ r)
    return np.sign(v) * np.maximum(np.abs(v) - lr * lam, 0), b - lr * 2 * r.mean()


def ista_by_relu(w, b, X, y, lam, lr):
    v, b = step_with_ones(w, b, X, y, lr)
    return torch.relu(v - lr * lam) - torch.relu(-v - lr * lam), b


def kkt_by_loops(w, b, X, y, lam):
    g, worst = 2 * X.T @ (X @ w + b - y) / len(X), 0.0
    for g_j, w_j in zip(g[:, 0].tolist(), w[:, 0].tolist()):
        here = abs(g_j + lam * math.copysign(1, w_j)) if w_j else max(abs(g_j) - lam, 0)
        worst = max(worst, here)
    return worst


def kkt_distance(w, b, X, y, lam):
    # The distance of −g to λ times the subdifferential of |w|.
    g = slope_of_the_error(w, b, X, y)
    low, high = torch.where(w > 0, lam, -lam), torch.where(w < 0, -lam, lam)
    return (-g - torch.minimum(torch.maximum(-g, low), high)).abs().max()


def slope_of_the_error(w, b, X, y):
    return 2 / len(X) * X.T @ (X @ w + b - y)


def kkt_masks(w, b, X, y, lam):
    g = slope_of_the_error(w, b, X, y)[:, 0]
    is_in = w[:, 0] != 0
    parts = [(g[is_in] + lam * w[is_in, 0].sign()).abs(), (g[~is_in].abs() - lam).clamp(min=0)]
    return torch.cat(parts).max()


def kkt_numpy(w, b, X, y, lam):
    w, b, X, y = as_numpy(w, b, X, y)
    g = 2 / len(X) * X.T @ (X @ w + b - y)
    return np.max(np.where(w == 0, np.maximum(np.abs(g) - lam, 0), np.abs(g + lam * np.sign(w))))


def kkt_autograd(w, b, X, y, lam):
    v = w.clone().requires_grad_()
    (g,) = torch.autograd.grad(((X @ v + b - y) ** 2).mean(), v)
    return torch.where(w != 0, g + lam * w.sign(), (g.abs() - lam).relu()).abs().max().item()


# 06


def max_by_the_package(X, y):
    return lasso_helpers.lambda_max(X, y)


def max_numpy(X, y):
    X, y = as_numpy(X, y)
    return np.max(np.abs(2 * np.mean((X - X.mean(axis=0)) * (y - y.mean()), axis=0)))


def max_only_y_centred(X, y):
    return (2 * X.T @ (y - y.mean()) / len(X)).abs().max()


def max_by_autograd(X, y):
    w = torch.zeros(X.shape[1], 1, requires_grad=True)
    ((X @ w + y.mean() - y) ** 2).mean().backward()
    return w.grad.abs().max()


def max_by_loops(X, y):
    mean = y.mean()
    return max(
        abs(2 * sum(((y[i, 0] - mean) * X[i, j]).item() for i in range(len(X))) / len(X))
        for j in range(X.shape[1])
    )


def one_se_sorted(lambda_coefs, fold_errors):
    order = np.argsort(lambda_coefs)[::-1]
    lams, errors = lambda_coefs[order], fold_errors[:, order]
    mean = errors.mean(axis=0)
    best = mean.argmin()
    limit = mean[best] + errors[:, best].std(ddof=1) / len(errors) ** 0.5
    return next(lam for lam, value in zip(lams, mean) if value <= limit)


def one_se_loops(lambda_coefs, fold_errors):
    F, columns = len(fold_errors), list(zip(*fold_errors.tolist()))
    means = [sum(column) / F for column in columns]
    best = means.index(min(means))
    var = sum((e - means[best]) ** 2 for e in columns[best]) / (F - 1)
    return max(lam for lam, mean in zip(lambda_coefs, means) if mean <= means[best] + math.sqrt(var / F))


def one_se_torch(lambda_coefs, fold_errors):
    errors = torch.tensor(fold_errors)
    mean, se = errors.mean(dim=0), errors.std(dim=0) / errors.shape[0] ** 0.5
    best = mean.argmin()
    return torch.tensor(lambda_coefs)[mean <= mean[best] + se[best]].max()


def one_se_where(lambda_coefs, fold_errors):
    mean = np.mean(fold_errors, 0)
    se = np.sqrt(np.var(fold_errors, 0, ddof=1) / fold_errors.shape[0])
    return float(np.max(np.where(mean <= mean.min() + se[np.argmin(mean)], lambda_coefs, 0)))


def one_se_ddof_0(lambda_coefs, fold_errors):
    mean, F = fold_errors.mean(0), len(fold_errors)
    se = fold_errors.std(0) / math.sqrt(F - 1)  # ddof = 0 and √(F − 1): the same number
    return max(lambda_coefs[mean <= mean.min() + se[mean.argmin()]])


def gain_loops(one, other):
    gains = [b - a for a, b in zip(one, other)]
    mean = sum(gains) / len(gains)
    return mean, math.sqrt(sum((g - mean) ** 2 for g in gains) / (len(gains) - 1) / len(gains))


def gain_torch(one, other):
    gain = torch.tensor(other) - torch.tensor(one)
    return gain.mean(), gain.std() / len(gain) ** 0.5


def gain_var(one, other):
    cov = np.cov(one, other)
    return [np.mean(other) - np.mean(one), np.sqrt((cov[0, 0] + cov[1, 1] - 2 * cov[0, 1]) / len(one))]


def copied(function):
    """The same, on copies and in float64."""
    return lambda *args: function(*(a.double() if isinstance(a, torch.Tensor) else deepcopy(a) for a in args))


RIGHT = {
    "zscore_test": [
        z_by_loops,
        z_numpy,
        copied(z_numpy),
        lambda X_train, X_test: lasso_helpers.zscore(X_train, X_test)[1],
        lambda a, b: torch.stack([(row - a.mean(dim=0)) / a.std(dim=0) for row in b]),
        lambda a, b: b / a.var(0) ** 0.5 - a.mean(0) / a.var(0) ** 0.5,
        lambda a, b: ((b - a.mean(0)) / a.std(0)).tolist(),
    ],
    "ridge": [ridge_ones, ridge_sums, ridge_numpy, ridge_stacked, lasso_helpers.ridge_closed_form],
    "best_weight": [
        best_by_search,
        best_by_cases,
        lambda a, lam: lasso_helpers.soft_threshold(a, lam / 2),
        lambda a, lam: a - min(max(a, -lam / 2), lam / 2),
        lambda a, lam: max(a - lam / 2, 0) + min(a + lam / 2, 0),
        lambda a, lam: 0.0 if lam >= 2 * abs(a) else a - np.sign(a) * lam / 2,
    ],
    "patterns": [
        lambda n: 3**n,
        lambda n: pow(3, n),
        lambda n: len(list(itertools.product((-1, 0, 1), repeat=n))) if n < 10 else 3.0**n,
        lambda n: math.prod([3] * n),
        lambda n: torch.tensor(3) ** n,
        lambda n: np.exp(n * np.log(3)),
        lambda n: sum(math.comb(n, k) * 2**k for k in range(n + 1)),
    ],
    "ridge_gradient": [
        ridge_gradient_by_autograd,
        ridge_gradient_by_differences,
        ridge_gradient_by_loops,
        lambda w, b, X, y, lam: 2 * (X.T @ (X @ w + b - y) / len(X) + lam * w),
        copied(lambda w, b, X, y, lam: -2 / len(X) * (X.T @ (y - X @ w - b)) + 2 * lam * w),
        lambda w, b, X, y, lam: (2 * X * (X @ w + b - y)).mean(dim=0)[:, None] + 2 * lam * w,
    ],
    "largest_lr": [
        largest_lr_singular,
        largest_lr_numpy,
        largest_lr_power,
        lambda X, lam: lasso_helpers.largest_stable_lr(X, lam),
        copied(lambda X, lam: lasso_helpers.largest_stable_lr(X.numpy(), lam)),
    ],
    "rmse": [
        lasso_helpers.rmse,
        lambda p, t: torch.sqrt(torch.mean((p - t) ** 2)),
        lambda p, t: math.sqrt(
            sum((a - b) ** 2 for a, b in zip(p[:, 0].tolist(), t[:, 0].tolist())) / len(p)
        ),
        lambda p, t: (p - t).norm() / len(p) ** 0.5,
        lambda p, t: np.sqrt(np.mean((p.numpy() - t.numpy()) ** 2)),
        lambda p, t: torch.nn.MSELoss()(p, t) ** 0.5,
        lambda p, t: ((p - t).T @ (p - t) / len(p)).sqrt(),  # (1, 1)
    ],
    "two_steps": [steps_by_learn, steps_by_sgd, steps_by_grad, steps_by_hand, steps_grad_none],
    "ista_step": [ista_by_autograd, ista_by_sgd, ista_by_clip, ista_numpy, ista_by_relu],
    "kkt_violation": [kkt_by_loops, kkt_distance, kkt_masks, kkt_numpy, kkt_autograd],
    "lambda_max": [max_by_the_package, max_numpy, max_only_y_centred, max_by_autograd, max_by_loops],
    "one_se": [one_se_sorted, one_se_loops, one_se_torch, one_se_where, one_se_ddof_0],
    "paired_gain": [
        gain_loops,
        gain_torch,
        gain_var,
        lambda a, b: ((b - a).mean(), (a - b).std(ddof=1) / math.sqrt(len(a))),
        lambda a, b: np.array([np.mean(b - a), np.sqrt(np.var(b - a, ddof=1) / a.size)]).tolist(),
    ],
}


def chosen_values(data):
    cv = lasso_helpers.cross_validate(data.X_train, data.y_train)
    within = cv.mean <= cv.mean.min() + cv.se[cv.mean.argmin()]
    return [
        cv.lambda_1se,
        torch.tensor(cv.lambda_1se),
        cv.lambda_coefs[within].max(),
        [cv.lambda_1se],
        max(lam for lam, is_within in zip(cv.lambda_coefs, within) if is_within),
    ]


def test_error_values(data):
    fit = lasso_helpers.fista(data.X_train, data.y_train, chosen_values(data)[0])
    predictions, y = torch.tensor(fit.predict(data.X_test)), data.y_test.double()
    squares = (predictions - y) ** 2
    mse, se = squares.mean(), squares.std() / len(y) ** 0.5
    return [
        (mse, se),
        [mse.item(), se.item()],
        (np.mean(squares.numpy()), np.std(squares.numpy(), ddof=1) / np.sqrt(133)),
        (mse[None], se[None]),
        (lasso_helpers.rmse(predictions, y) ** 2, (squares.var() / 133) ** 0.5),
    ]


RIGHT_VALUES = {"chosen": chosen_values, "test_error": test_error_values}
