"""What each explorer must show at a stop, by code that shares nothing with the package's mathematics.

From the file of the prostate data, with numpy, scikit-learn and plain loops; torch gives the random draws at
which a training starts. An oracle takes the z-scored data and all slider values, and gives back a function of
the values at a stop: {name of a line: (x, y)}, {name of a group of the sentence: the texts it may be}.
"""

import itertools
from typing import NamedTuple

import numpy as np
import torch
from sklearn.linear_model import Lasso, LinearRegression, Ridge

from lasso_helpers.loading.shipped import DATASETS

TWO = ["lcavol", "svi"]

# The raw data, and what oracles are made of


class Raw(NamedTuple):
    """The z-scored data in float64."""

    X: np.ndarray  # (67, 8)
    y: np.ndarray  # (67,)
    X_test: np.ndarray  # (30, 8)
    y_test: np.ndarray  # (30,)
    names: list


def prostate_as_raw():
    """From the file, without the package's reader and z-scores."""
    table = np.genfromtxt(DATASETS / "prostate.csv", delimiter=",", names=True)
    names, train = list(table.dtype.names[:8]), table["train"] == 1
    X, y = np.column_stack([table[name] for name in names]), table["lpsa"]
    Z = (X - X[train].mean(axis=0)) / X[train].std(axis=0, ddof=1)
    return Raw(Z[train], y[train], Z[~train], y[~train], names)


def lasso(X, y, lam):
    """The minimiser of the mean squared error + λ‖w‖₁: weights, bias."""
    model = Lasso(alpha=lam / 2, tol=1e-12, max_iter=100_000) if lam > 0 else LinearRegression()
    model.fit(X, y)
    return model.coef_, model.intercept_


def ridge(X, y, lam):
    """The minimiser of the mean squared error + λ‖w‖₂²: weights, bias."""
    model = Ridge(alpha=len(y) * lam, solver="svd") if lam > 0 else LinearRegression()
    model.fit(X, y)
    return model.coef_, model.intercept_


def mse(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2)


def lambda_max(X, y):
    return max(abs(2 * np.mean((column - column.mean()) * (y - y.mean()))) for column in X.T)


def eigenvalues(X):
    """Of the mean squared error's Hessian in weights and bias, descending: by [X 1]'s singular values."""
    return 2 / len(X) * np.linalg.svd(np.column_stack([X, np.ones(len(X))]), compute_uv=False) ** 2


def start(n, seed=0):
    """The lecture's start: float32 draws, the weights first, then the bias."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        weight, bias = torch.randn((n, 1)), torch.randn(1)
    return weight[:, 0].double().numpy(), float(bias)


def walk(X, y, lam, lr, steps=250, proximal=False):
    """(w, b) after each step: of the lecture's loop, or of the proximal step, in float64."""
    w, b = start(X.shape[1])
    walked = []
    for _ in range(steps):
        r = X @ w + b - y
        slope = 2 / len(y) * X.T @ r
        if proximal:
            w = w - lr * slope
            w = np.array([0 if abs(part) <= lr * lam else part - np.copysign(lr * lam, part) for part in w])
        else:
            w = w - lr * (slope + lam * np.sign(w))
        b = b - lr * 2 * r.mean()
        walked.append((w, b))
    return walked


def marks(weights, shift=0.0):
    """Where filled marks stand, and hollow ones for what is exactly 0, a row a feature: two of (x, y)."""
    rows = [row + shift for row in range(len(weights))]
    filled = ([w if w != 0 else np.nan for w in weights], rows)
    return filled, ([0 if w == 0 else np.nan for w in weights], rows)


# How a number is printed


def printed(value, spec):
    """The texts of a number at its printed precision; two where rounding could have gone either way."""
    return {format(value * (1 + slack), spec) for slack in (-1e-6, 0, 1e-6)}


def worded(error):
    """An error: three decimals below 100, none below 100,000, two digits above, no number beyond."""
    if not np.isfinite(error):
        return {"beyond numbers"}
    return printed(error, ".3f" if error < 100 else ".0f" if error < 100_000 else ".2g")


# the oracles: raw data and all slider values -> at(the values of a stop)
# -> {name of a line: (x, y)}, {name of a group of the sentence: the texts it may be}


def learning_curves(raw, values):
    X, y, X_test, y_test, names = raw
    n, T = len(names), 250
    spread = eigenvalues(X)

    def at(lam, lr=0.1, t=T):
        walked = [start(n), *walk(X, y, lam, lr, T)]
        train, test = (
            np.array([mse(*part, w, b) ** 0.5 for w, b in walked]) for part in ((X, y), (X_test, y_test))
        )
        best, bias = lasso(X, y, lam)
        levels = [mse(*part, best, bias) ** 0.5 for part in ((X, y), (X_test, y_test))]
        diamonds, hollow_diamonds = marks(best, 0.17)
        circles, hollow_circles = marks(walked[t][0], -0.17)
        last = np.array([w for w, _ in walked[-25:]])
        whiskers = [np.column_stack([last.min(0), last.max(0), [np.nan] * n]).ravel(), []]
        whiskers[1] = np.column_stack([np.arange(n) - 0.17] * 3).ravel()
        ends = [part[~np.isnan(whiskers[0])] for part in whiskers]
        lines = {
            "0 train": (np.arange(t + 1), train[: t + 1]),
            "0 test": (np.arange(t + 1), test[: t + 1]),
            "0 blue dashes": ([0, T], [levels[0]] * 2),
            "0 orange dashes": ([0, T], [levels[1]] * 2),
            "1 magenta diamonds": diamonds,
            "1 magenta hollow diamonds": hollow_diamonds,
            "1 this run": circles,
            "1 black hollow circles": hollow_circles,
            "1 black line": whiskers if t == T else ([], []),
            "1 black caps": ends if t == T else ([], []),
        }
        lowest = mse(X, y, best, bias) + lam * sum(abs(best))
        excess = np.array([mse(X, y, w, b) + lam * sum(abs(w)) - lowest for w, b in walked])
        state = state_of(excess[1:], lam, lr, y.var(), spread)
        zeros = sum(w == 0 for w in best)
        words = {"lam": printed(lam, "g"), "train": worded(train[t]), "test": worded(test[t])}
        if len(values) == 1:
            return lines, words | {"kept": {str(n - zeros)}, "n": {str(n)}}
        return lines | {"2 black line": (np.arange(t + 1), excess[: t + 1])}, words | {
            "lr": printed(lr, "g"),
            "t": {str(t)},
            "state": {state if t == T else "running"},
            "excess": {"< 0.001"} if excess[t] < 0.001 else printed(excess[t], ".3g"),
            "zeros": {str(sum(w == 0 for w in walked[t][0]))},
            "exact": {str(zeros)},
        }

    return at


def state_of(excess, lam, lr, variance, spread):
    """One of the four states, by the docstring of `descent_states`."""
    T = len(excess)
    window = T // 10
    last, before = excess[T - window :], excess[T - 2 * window : T - window]
    if lr > 2 / max(spread):
        return "diverging"
    if all(e <= variance / 1000 for e in last):
        return "arrived"
    if lam == 0:
        return "still descending"
    far = any(abs(1 - lr * value) ** T > 0.01 for value in spread)
    falls = all(after < e for e, after in itertools.pairwise(last))
    lower = sum(last) <= 0.85 * sum(before)
    return "still descending" if far and (falls or lower) else "hovering"


def ridge_weights(raw, values):
    X, y, X_test, y_test, names = raw

    def at(lam):
        w, b = ridge(X, y, lam)
        train, test = mse(X, y, w, b) ** 0.5, mse(X_test, y_test, w, b) ** 0.5
        lines = {
            "0 magenta diamonds": marks(w)[0],
            "0 magenta hollow diamonds": marks(w)[1],
            "1 blue dots": ([lam], [train]),
            "1 orange dots": ([lam], [test]),
        }
        negative = [name for name, part in zip(names, w) if part < 0]
        words = {
            "lam": printed(lam, "g"),
            "norm": printed(sum(part**2 for part in w) ** 0.5, ".3f"),
            "negative": {", ".join(negative) or "none"},
            "train": printed(train, ".3f"),
            "test": printed(test, ".3f"),
        }
        return lines, words

    return at


def one_weight(raw, values):
    def objective(w, a, lam):
        return (w - a) ** 2 + lam * abs(w)

    def best_weight(
        a, lam
    ):  # the slope 2(w − a) ± λ is 0 on either side of the corner, or the corner is best
        return min((0.0, a - lam / 2, a + lam / 2), key=lambda w: objective(w, a, lam))

    def at(a, lam):
        grid, best = [-3 + k / 40 for k in range(241)], best_weight(a, lam)
        lines = {
            "0 (w − a)²": (grid, [(w - a) ** 2 for w in grid]),
            "0 λ|w|": (grid, [lam * abs(w) for w in grid]),
            "0 sum": (grid, [objective(w, a, lam) for w in grid]),
            "1 black line": (grid, [best_weight(w, lam) for w in grid]),
        }
        mark = "magenta hollow diamonds" if best == 0 else "magenta diamonds"
        other = "magenta diamonds" if best == 0 else "magenta hollow diamonds"
        lines |= {f"0 {mark}": ([best], [objective(best, a, lam)]), f"1 {mark}": ([a], [best])}
        lines |= {f"0 {other}": ([np.nan], [np.nan]), f"1 {other}": ([np.nan], [np.nan])}
        words = {
            "a": printed(a, "g"),
            "lam": printed(lam, "g"),
            "threshold": printed(2 * abs(a), "g"),
            "best": printed(best, ".3g"),
            "zero": {"exactly 0, because λ ≥ 2|a|" if lam >= 2 * abs(a) else None},
            "pull": {None} if lam >= 2 * abs(a) or lam == 0 else printed(lam / 2, "g"),
            "itself": {"a itself" if lam == 0 < abs(a) else None},
        }
        return lines, words

    return at


def two_columns(raw):
    """The centred columns of the two features, and the centred labels: a bias at its best drops out."""
    X = raw.X[:, [raw.names.index(name) for name in TWO]]
    return X - X.mean(axis=0), raw.y - raw.y.mean()


def geometry(raw, values):
    X, y = two_columns(raw)
    own = lasso(X, y, 0)[0]
    (hxx, hxy), (_, hyy) = X.T @ X / len(y)
    flattest = (hxx + hyy) / 2 - (((hxx - hyy) / 2) ** 2 + hxy**2) ** 0.5
    around = [2 * np.pi * k / 60 for k in range(61)]

    def ellipse(radius):
        """Where the mean of (Xd)² is radius²: with (pd₁ + qd₂)² + (rd₂)² a circle of the two brackets."""
        p = hxx**0.5
        q, r = hxy / p, (hyy - hxy**2 / hxx) ** 0.5
        dy = [radius * np.sin(t) / r for t in around]
        return np.array([(radius * np.cos(t) - q * d) / p for t, d in zip(around, dy)]), np.array(dy)

    def of_map(k, w, point):
        """Contours, the one through w, and w, which is hollow where a weight is 0."""
        lengths = [share * 1.35 * max(abs(own)) for share in (0.25, 0.5, 0.8, 1.2)]
        levels = [ellipse(length * flattest**0.5) for length in lengths]
        through = ellipse(np.mean((X @ (w - point)) ** 2) ** 0.5)
        is_zero = 0 in list(w)
        return {
            f"{k} pale blue line": [
                np.concatenate([[*(point[j] + level[j]), np.nan] for level in levels]) for j in (0, 1)
            ],
            f"{k} blue line": [point[j] + through[j] for j in (0, 1)],
            f"{k} least squares: drag it": point[:, None],
            f"{k} minimiser": ([np.nan if is_zero else w[0]], [w[1]]),
            f"{k} a weight is exactly 0": ([w[0] if is_zero else np.nan], [w[1]]),
        }

    def weight_words(w):
        parts = [
            {f"{name} {text}" for text in ({"exactly 0"} if part == 0 else printed(part, ".3f"))}
            for name, part in zip(TWO, w)
        ]
        return {", ".join(pair) for pair in itertools.product(*parts)}

    def at(lam, *named):
        point = np.array(
            [part if f"{part:.3g}" == f"{value:g}" else value for part, value in zip(own, named)]
        )
        labels = y + X @ (point - own)  # whose least squares is the point
        w, v = (lasso(X, labels, lam)[0], ridge(X, labels, lam)[0]) if lam else (point, point)
        size, radius = abs(w[0]) + abs(w[1]), np.hypot(*v)
        lines = of_map(0, w, point) | of_map(1, v, point)
        lines["0 black line"] = (np.array([1, 0, -1, 0, 1]) * size, np.array([0, 1, 0, -1, 0]) * size)
        lines["1 black line"] = ([radius * np.cos(t) for t in around], [radius * np.sin(t) for t in around])
        words = {"lam": printed(lam, "g"), "x": printed(named[0], "g"), "y": printed(named[1], "g")}
        words |= {"size": printed(size, ".3f"), "lasso": weight_words(w), "ridge": weight_words(v)}
        return lines, words

    return at


def descent(raw, values):
    X, y = two_columns(raw)
    lowest, variance = lasso(X, y, 0)[0], np.var(y)
    hessian = 2 / len(y) * X.T @ X
    _, singular, directions = np.linalg.svd(X)
    steepest, across = 2 / len(y) * singular[0] ** 2, directions[0]
    _, xs, ys = values
    step = xs[1] - xs[0]
    west, east, south, north = (
        xs[0] - 0.4 * step,
        xs[-1] + 0.4 * step,
        ys[0] - 0.4 * step,
        ys[-1] + 0.4 * step,
    )
    width = east - west

    def on_map(d):
        x, y = lowest + d
        return west < x < east and south < y < north

    def at(lr, x, y):
        away = [np.array([x, y]) - lowest]  # w − w*, which keeps its digits however small it gets
        for _ in range(60):
            away.append(away[-1] - lr * hessian @ away[-1])
        seen = np.full((61, 2), np.nan)
        for t, d in enumerate(away):
            if np.hypot(*d) > 3 * width:  # the path is cut, its last step no longer than two radii
                last = d - away[t - 1]
                seen[t] = away[t - 1] + last * min(1, 6 * width / np.hypot(*last))
                break
            seen[t] = d
        lines = {
            "0 black chain": (lowest[0] + seen[:, 0], lowest[1] + seen[:, 1]),
            "0 start: drag it": ([x], [y]),
            "0 minimiser": ([lowest[0]], [lowest[1]]),
            "1 black line": (range(61), [d @ hessian @ d / 2 for d in away]),
        }
        jumps = 0
        for before, after in itertools.pairwise(away):
            one, other = across @ before, across @ after
            far = abs(one - other) > width / 40
            jumps += one * other < 0 and far and on_map(before) and on_map(after)
        left = np.hypot(*away[-1]) / np.hypot(*away[0])
        if lr > 2 / steepest:
            end = "diverging" if left > 1 else "will diverge"
        else:
            near = away[-1] @ hessian @ away[-1] / 2 <= variance / 1000
            end = ("arrived" if near else "descending") + (" in zigzags" if jumps >= 3 else "")
            end = "still descending" if end == "descending" else end
        words = {"lr": printed(lr, "g"), "x": printed(x, "g"), "y": printed(y, "g"), "end": {end}}
        return lines, words | {"left": share_worded(left)}

    return at


def share_worded(left):
    if left < 1e-5:
        return {"< 0.001 %"}
    if left < 0.9995:
        return {f"{text} %" for text in printed(100 * left, ".2g" if left < 0.995 else ".1f")}
    return {f"{text} times the start's" for text in printed(left, ".3g" if left < 999.5 else ".2g")}


def zeros(raw, values):
    X, y, _, _, names = raw
    n = len(names)

    def height(w, j):
        """On the log axis from 1e-4; what is exactly 0 has a line in the strip from 6e-5 to 1e-5."""
        return 6e-5 / 6 ** ((j + 1) / (n + 1)) if w == 0 else max(abs(w), 1e-4)

    def at(lam, lr, feature):
        walked = [[w for w, _ in walk(X, y, lam, lr, proximal=proximal)] for proximal in (False, True)]
        drawn = {
            (side, j): (range(0, 250, 3), [height(w[j], j) for w in walked[side][::3]])
            for side in (0, 1)
            for j in range(n)
        }
        lines = {
            f"{side} pale line #{j}" if j > 1 else f"{side} {'pale line' if j else 'others'}": drawn[side, j]
            for side, j in drawn
        }
        lines |= {f"{side} chosen": drawn[side, feature - 1] for side in (0, 1)}
        level = 2 * lr * lam if lam > 0 else np.nan
        lines |= {f"{side} 2αλ": ([0, 249], [level, level]) for side in (0, 1)}
        words = {
            "lam": printed(lam, "g"),
            "lr": printed(lr, "g"),
            "feature": {str(feature)},
            "chosen": {names[feature - 1]},
            "wobble": printed(2 * lr * lam, ".3g"),
            "steps": {"250"},
            "loop": {str(sum(w == 0 for w in walked[0][-1]))},
            "proximal": {str(sum(w == 0 for w in walked[1][-1]))},
            "exact": {str(sum(w == 0 for w in lasso(X, y, lam)[0]))},
            "n": {str(n)},
        }
        return lines, words

    return at


def path(raw, values):
    lambda_coefs, deals = values
    m = len(raw.y)
    everyone = np.concatenate([raw.X, raw.X_test]), np.concatenate([raw.y, raw.y_test])
    folds = np.random.default_rng(0).permutation(m) % 10
    rng = np.random.default_rng(0)
    weights, means, ses = [], [], []
    for deal in deals:  # by deal: weights (λ, n), mean and se (λ,)
        rows = np.arange(m) if deal == 0 else rng.permutation(len(everyone[1]))[:m]
        X, y = everyone[0][rows], everyone[1][rows]
        X = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1)
        weights.append(np.array([lasso(X, y, lam)[0] for lam in lambda_coefs]))
        errors = np.zeros((10, len(lambda_coefs)))
        for (f, fold), (k, lam) in itertools.product(enumerate(range(10)), enumerate(lambda_coefs)):
            kept = folds != fold
            errors[f, k] = mse(X[~kept], y[~kept], *lasso(X[kept], y[kept], lam))
        means.append(errors.mean(axis=0))
        ses.append(errors.std(axis=0, ddof=1) / 10**0.5)

    def at(lam, deal):
        k, mean, se = lambda_coefs.index(lam), means[deal], ses[deal]
        best = min(range(len(mean)), key=lambda k: mean[k])
        one_se = max(value for value, error in zip(lambda_coefs, mean) if error <= mean[best] + se[best])
        w = weights[deal][k]
        lines = {f"0 {name}": (lambda_coefs, weights[deal][:, j]) for j, name in enumerate(raw.names)}
        lines |= {
            "0 magenta line": ([lam, lam], HEIGHT),
            "0 black dashes": ([one_se, one_se], HEIGHT),
            "1 black line": (lambda_coefs, mean),
            "1 grey line": (lambda_coefs, mean - se),
            "1 grey line #2": (lambda_coefs, mean + se),
            "1 black dashes": ([lambda_coefs[0], lambda_coefs[-1]], [mean[best] + se[best]] * 2),
            "1 magenta line": ([lam, lam], HEIGHT),
            "1 black dashes #2": ([one_se, one_se], HEIGHT),
            "2 magenta diamonds": marks(w)[0],
            "2 magenta hollow diamonds": marks(w)[1],
        }
        words = {
            "lam": printed(lam, "g"),
            "deal": {str(deal)},
            "names": {", ".join(name for name, part in zip(raw.names, w) if part != 0) or "none"},
            "error": worded(mean[k]),
            "se": worded(se[k]),
            "one_se": printed(one_se, "g"),
            "lowest": printed(lambda_coefs[best], "g"),
        }
        return lines, words

    return at


HEIGHT = object()  # an upright line's y: from the bottom of its axes to the top


def sign_patterns(raw, values):
    (lambda_coefs,) = values
    X, y = raw.X - raw.X.mean(axis=0), raw.y - raw.y.mean()
    m, n = X.shape
    lam = np.array(lambda_coefs)
    patterns, violations = list(itertools.product((0, 1, -1), repeat=n)), []
    for pattern in patterns:  # each for all λ at once
        inside = [j for j in range(n) if pattern[j]]
        outside = [j for j in range(n) if not pattern[j]]
        part, signs = X[:, inside], np.array([pattern[j] for j in inside])
        pull = lam[:, None] * signs  # (K, |S|)
        weights = np.linalg.solve(2 / m * part.T @ part, (2 / m * part.T @ y - pull).T)  # (|S|, K)
        slopes = 2 / m * X.T @ (part @ weights - y[:, None])  # (n, K)
        broken = np.abs(slopes[inside] + lam * np.sign(weights)), np.abs(slopes[outside]) - lam
        violations.append(np.concatenate([*broken, np.zeros((1, len(lam)))]).max(axis=0))
    violations = np.array(violations)  # (3ⁿ, K)
    ranks = sorted({round(float(rank)) for rank in np.geomspace(1, 3**n, 200)})

    def at(lam):
        sizes = violations[:, lambda_coefs.index(lam)]
        fitting = patterns[sizes.argmin()]
        ordered = sorted(sizes)
        heights = [size if size > 1e-9 else 0.001 / 4 for size in ordered]  # a strip for those that fit
        lines = {
            "0 black chain": (ranks, [heights[rank - 1] for rank in ranks]),
            "0 magenta diamonds": ([1], [heights[0]]),
            "1 magenta diamonds": marks(fitting)[0],
            "1 magenta hollow diamonds": marks(fitting)[1],
        }
        words = {
            "lam": printed(lam, "g"),
            "patterns": {"6,561"},
            "without": {str(sum(size < 1e-9 for size in sizes))},
            "next": printed(ordered[1], ".2g"),
            "inside": {str(sum(sign != 0 for sign in fitting))},
        }
        return lines, words

    return at
