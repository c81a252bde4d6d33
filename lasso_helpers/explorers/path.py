"""The explorers of notebook 06: the path and its cross-validation, and the one sign pattern that fits."""

import itertools

import numpy as np
import torch
from matplotlib import style
from matplotlib.figure import Figure

from .. import plots
from ..data import as_count, as_numbers, centre
from ..path import as_folds, cross_validate_side_by_side, lambda_max, solve_side_by_side
from .shared import SIZE, STYLE, in_words, live_by_values, round_grid


def explore_path(data, lambda_coefs=None, resamples=60, folds=10, seed=0):
    """λ moves along the exact path and the cross-validation error; a second slider deals the rows again.

    Deal 0 is the data's own training part. Every other one draws as many rows from training and test
    together, and z-scores them by themselves. All deals, their folds and λ are solved as one batch.
    """
    highest = lambda_max(data.X_train, data.y_train)
    if lambda_coefs is None:
        grid = 1.1 * highest * np.logspace(-2.5, 0, 41)
        lambda_coefs = np.union1d([float(f"{value:.2g}") for value in grid], [1.0])
    lambda_coefs = np.unique(as_numbers("lambda_coefs", lambda_coefs, above=0))
    deals = deal_again(data, as_count("resamples", resamples), seed)
    fold_of_row = as_folds(folds, len(data.X_train), seed)
    weights, _, _ = solve_side_by_side(deals, lambda_coefs)  # (R, K, n)
    chosen = cross_validate_side_by_side(deals, lambda_coefs, fold_of_row)
    means, ses = (np.array([getattr(part, name) for part in chosen]) for name in ("mean", "se"))  # (R, K)
    lambda_1se = np.array([part.lambda_1se for part in chosen])
    best = means.argmin(axis=1)
    levels = np.take_along_axis(means + ses, best[:, None], axis=1)  # (R, 1)

    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        left, middle, right = figure.subplots(1, 3, width_ratios=(1.15, 1.15, 0.8))
        low, high = weights.min(), weights.max()
        ends = {left: (low - 0.05 * (high - low), high + 0.05 * (high - low)),
                middle: (0.9 * (means - ses).min(), 1.05 * np.median(means[:, -1]))}
        paths = plots.weight_path(lambda_coefs, weights[0], data.feature_names, ax=left)
        left.set(ylim=ends[left])
        curves = plots.cv_curve(lambda_coefs, means[0], ses[0], ax=middle)
        middle.set(ylim=ends[middle])
        here = [plots.upright(1, ends[ax], ax=ax, color=plots.INK, linewidth=1.9) for ax in ends]
        there = [plots.upright(1, ends[ax], ax=ax, color=plots.INK, linestyle="--") for ax in ends]
        width = 1.1 * np.abs(weights).max()
        stems, dots = plots.weight_stems(weights[0, 0], data.feature_names, ax=right, limit=width)
        ring = {"color": plots.INK, "markerfacecolor": "white", "markersize": 9}
        (rings,) = right.plot(weights[0, 0], right.get_yticks(), "o", **ring)
        right.set(xlabel="weight (○: 0)")
        for name, line in zip(right.get_yticklabels(), paths):
            name.set_color(line.get_color())
        handles = [curves[0], curves[1], here[0], there[0]]
        figure.legend(handles, ["CV error", "± one SE", "λ", "λ_1se, and minimum + one SE"],
                      loc="outside upper center", ncols=4)

    moving = dict(zip(paths, weights.transpose(2, 0, 1)[:, None]))  # (1, R, K) each
    bands = (means, means - ses, means + ses, levels * np.ones(2))
    moving |= dict(zip(curves, (part[None] for part in bands)))
    for ax, now, choice in zip(ends, here, there):
        height = np.array(ends[ax])[None, None]
        moving[now] = (lambda_coefs[:, None, None] * np.ones(2), height)
        moving[choice] = (lambda_1se[None, :, None] * np.ones(2), height)
    by_stop = weights.transpose(1, 0, 2)  # (K, R, n)
    rows = np.arange(by_stop.shape[2], dtype=float)[None, None]
    moving |= {stems: plots.stem_points(by_stop), dots: (np.where(by_stop != 0, by_stop, np.nan), rows),
               rings: (np.where(by_stop == 0, by_stop, np.nan), rows)}
    status = [[_path_status(data, lam, r, by_stop[k, r], means[r, k], ses[r, k], chosen[r], highest)
               for r in range(resamples)] for k, lam in enumerate(lambda_coefs)]
    first = lambda_1se[0]
    presets = {"λ_max": (min(lambda_coefs[lambda_coefs >= highest], default=np.nan), 0), "λ_1se": (first, 0),
               "λ_min": (chosen[0].lambda_min, 0), "another deal": (first, 1), "a third": (first, 2)}
    sliders = {"penalty λ": lambda_coefs, "deal of the rows": np.arange(resamples)}
    return live_by_values(figure, sliders, moving, status, presets, start=(first, 0))


def deal_again(data, resamples, seed):
    """Training parts (X (m, n), y (m, 1)), z-scored: the data's own, then draws from all its rows."""
    X, y = (torch.cat(parts).double() for parts in ((data.X_train, data.X_test), (data.y_train, data.y_test)))
    rng, m, deals = np.random.default_rng(seed), len(data.X_train), []
    for r in range(resamples):
        rows = np.arange(m) if r == 0 else rng.permutation(len(X))[:m]
        X_c, _, _, _ = centre(X[rows], y[rows])
        std = X_c.std(dim=0)
        deals.append((X_c / torch.where(std > 0, std, 1.0), y[rows]))
    return deals


def _path_status(data, lam, r, weights, mean, se, chosen, highest):
    names = ", ".join(np.array(data.feature_names)[weights != 0]) or "none"
    share = f" ({100 * lam / highest:.0f} % of λ_max)" if r == 0 else ""
    return (f"λ = {lam:g}{share} · deal = {r} · in: {names} · "
            f"CV error {in_words(mean)} ± {in_words(se)} (one SE) · "
            f"λ_1se {chosen.lambda_1se:g}, λ_min {chosen.lambda_min:g}")


def explore_sign_patterns(data, lambda_coefs=None):
    """λ moves the KKT violations of all 3ⁿ sign patterns, sorted, and the signs of the one that has none.

    With the signs s of the weights in a set S fixed, the lasso is a linear system:
    w_S = (2X_SᵀX_S/m)⁻¹ (2X_Sᵀy_c/m − λs). The violation is the largest over the features of
    |gⱼ + λ·sign(wⱼ)| where wⱼ ≠ 0, and of |gⱼ| − λ where wⱼ = 0. Raises ValueError for n > 9.
    """
    n = data.X_train.shape[1]
    if n > 9:
        raise ValueError(f"data must have 9 features or fewer (3⁹ patterns are 19,683), got {n}")
    if lambda_coefs is None:
        lambda_coefs = round_grid(1.1 * lambda_max(data.X_train, data.y_train))[1:]
    lambda_coefs = as_numbers("lambda_coefs", lambda_coefs, above=0)
    signs = np.array(list(itertools.product((0, 1, -1), repeat=n)), dtype=float)  # (3ⁿ, n)
    violations = pattern_violations(data, signs, lambda_coefs)  # (K, 3ⁿ)
    ranks = np.unique(np.geomspace(1, 3**n, 200).round().astype(int))  # more no log axis shows
    ordered = np.sort(np.maximum(violations, 1e-16), axis=1)[:, ranks - 1]
    fitting = signs[violations.argmin(axis=1)]  # (K, n)

    with style.context(STYLE):
        figure = Figure(figsize=SIZE)
        left, right = figure.subplots(1, 2, width_ratios=(1.6, 1))
        line, best = plots.violations_by_rank(ranks, ordered[0], ax=left)
        left.set(ylim=(1e-17, 10 * ordered.max()))
        stems, dots = plots.weight_stems(fitting[0], data.feature_names, ax=right, limit=1.6)
        right.set(xlabel="sign that fits", xticks=(-1, 0, 1))

    rows = np.arange(n, dtype=float)[None]
    moving = {line: ordered, best: ordered[:, :1], stems: plots.stem_points(fitting), dots: (fitting, rows)}
    status = [f"λ = {lam:g} · of {3**n:,} patterns {(at < 1e-9).sum()} without a KKT violation, "
              f"the next best violates by {by_rank[1]:.2g} · features in: {(pattern != 0).sum()}"
              for lam, at, by_rank, pattern in zip(lambda_coefs, violations, ordered, fitting)]
    presets = {"λ = 0.1": (0.1,), "λ = 0.5": (0.5,), "λ = 1": (1,)}
    return live_by_values(figure, {"penalty λ": lambda_coefs}, moving, status, presets, start=(0.5,))


def pattern_violations(data, signs, lambda_coefs):
    """The KKT violation of each pattern's own solution: signs (P, n) of −1, 0, 1, (K,) -> (K, P)."""
    X, y, _, _ = centre(data.X_train.double(), data.y_train.double())
    hessian, slope = (2 / len(X) * (X.T @ part).numpy() for part in (X, y))
    is_in = signs != 0
    system = np.where(is_in[:, :, None] & is_in[:, None], hessian, np.eye(signs.shape[1]))
    sides = np.stack([is_in * slope[:, 0], signs], axis=2)
    start, pull = np.moveaxis(np.linalg.solve(system, sides), 2, 0)  # w = start − λ·pull, (P, n) each
    weights = start - np.asarray(lambda_coefs)[:, None, None] * pull  # (K, P, n)
    gradient, lam = weights @ hessian - slope[:, 0], np.asarray(lambda_coefs)[:, None, None]
    size = np.where(is_in, np.abs(gradient + lam * np.sign(weights)), np.abs(gradient) - lam)
    return size.max(axis=2).clip(min=0)
