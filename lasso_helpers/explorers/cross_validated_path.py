"""An explorer of notebook 06: the exact path, its cross-validation, and how both depend on the rows."""

import sys
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from tqdm import tqdm

from .. import drawing
from ..arguments import as_count, as_folds, as_numbers, as_seed
from ..data import Dataset, as_varied_dataset, centre
from ..lasso_path import cross_validate, lambda_max, lasso_path
from ..live_figure import LiveFigure
from .errors import in_words
from .loud_features import Features, as_features
from .slider_values import Drawing, live_by_values, panels, theory_marks, two_digits

LONG = 500_000  # numbers to train on, in all resamples together: a second or more


class _Numbers(NamedTuple):
    features: Features
    lambda_coefs: np.ndarray  # (K,), ascending
    highest: float  # λ_max of the data's own training part, z-scored
    weights: np.ndarray  # (K, R, n), of R resamples of the rows
    chosen: list  # R `CrossValidation`s
    means: np.ndarray  # (R, K)
    ses: np.ndarray  # (R, K)


def explore_path(
    data: Dataset,
    lambda_coefs: ArrayLike | None = None,
    resamples: int | None = None,
    folds: int | ArrayLike | None = None,
    seed: int = 0,
    presets: Mapping[str, tuple[float, float]] | None = None,
    features: Iterable[str] | None = None,
) -> LiveFigure:
    """λ moves along the exact path and the cross-validation error; a second slider deals the rows again.

    Resample 0 is the data's own training part, every other one as many rows drawn from training and test
    together; each is z-scored by itself. resamples: how many; by default 60, and fewer, 2 at least, where
    the table to train on has more than 50,000 numbers, or many columns. folds: as in `cross_validate`.
    presets: more named positions, {name: (λ, resample)}. features: up to 12 of data.feature_names, which get
    a line with a name; by default all, or the first 12 to enter the path of resample 0. All others are pale.
    """
    numbers = _numbers(data, lambda_coefs, resamples, folds, seed, features)
    lambda_coefs, first = numbers.lambda_coefs, numbers.chosen[0]
    own = {"λ_max": (min(lambda_coefs[lambda_coefs >= numbers.highest], default=np.nan), 0)}
    own |= {"λ_1se": (first.lambda_1se, 0), "λ_min": (first.lambda_min, 0)}
    own |= {"another deal": (first.lambda_1se, 1), "a third": (first.lambda_1se, 2)}
    sliders = {"penalty λ": lambda_coefs, "deal of the rows": np.arange(len(numbers.chosen))}
    return live_by_values(
        lambda narrow: _drawing(numbers, narrow),
        sliders,
        _words(numbers),
        start=(first.lambda_1se, 0),
        own=own,
        given=presets,
        marks=theory_marks(numbers.highest, np.nan),
    )


def _numbers(data, lambda_coefs, resamples, folds, seed, features):
    X, y = next(_resampled(data, 1, seed))
    features = as_features(features, data.feature_names, X, y)
    resamples = _resamples_in_seconds(*X.shape) if resamples is None else as_count("resamples", resamples)
    highest = lambda_max(X, y)
    if lambda_coefs is None:
        lambda_coefs = [*two_digits(1.1 * highest * np.logspace(-2.5, 0, 41)), highest]
        if min(lambda_coefs) <= 1 <= max(lambda_coefs):
            lambda_coefs.append(1.0)  # the lecture's
    lambda_coefs = np.unique(as_numbers("lambda_coefs", lambda_coefs, above=0))
    fold_of_row = as_folds(folds, len(X), seed)
    weights, chosen = [], []
    drawn = _resampled(data, resamples, seed)  # one at a time: a large table is not held 60 times
    for part in _with_progress(drawn, resamples, resamples * X.size):
        weights.append(lasso_path(*part, lambda_coefs).weights)
        chosen.append(cross_validate(*part, lambda_coefs, fold_of_row))
    means, ses = (np.array([getattr(part, name) for part in chosen]) for name in ("mean", "se"))
    return _Numbers(features, lambda_coefs, highest, np.stack(weights, axis=1), chosen, means, ses)


def _with_progress(resamples, count, size):
    """The resamples, under a line that counts them where they are LONG; at the end nothing is left of it."""
    look = {"desc": "deals of the rows", "leave": False, "disable": size <= LONG}
    return tqdm(resamples, total=count, file=sys.stdout, **look)  # in a notebook stderr has a red ground


def _resamples_in_seconds(m, n):
    """How many resamples of m rows and n columns: 60 of a small table, 5 of a large one, 2 of the largest."""
    work = m * n + n**2
    return int(np.clip(round(60 * 50_000 / work), 5 if work < 1e7 else 2, 60))


def deal_again(data: Dataset, resamples: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Training parts (X (m, n), y (m, 1)), z-scored: the data's own, then draws from all its rows."""
    return list(_resampled(data, resamples, seed))


def _resampled(data, resamples, seed):
    X_train, y_train, X_test, y_test = (part.numpy() for part in as_varied_dataset(data).exact[:4])
    X, y = np.concatenate([X_train, X_test]), np.concatenate([y_train, y_test])
    rng, m = np.random.default_rng(as_seed(seed)), len(X_train)
    for r in range(resamples):
        rows = np.arange(m) if r == 0 else rng.permutation(len(X))[:m]
        X_c, _, _, _ = centre(X[rows], y[rows])
        std = X_c.std(axis=0, ddof=1)
        yield X_c / np.where(std > 0, std, 1), y[rows]


def _drawing(numbers, narrow):
    figure, (left, middle, right) = panels(narrow, (1.15, 1.15, 0.8))
    paths, path_limits = _draw_path(numbers, ax=left)
    curves, cv_limits = _draw_cv(numbers, ax=middle)
    moving = paths | curves
    lambda_1se = np.array([part.lambda_1se for part in numbers.chosen])
    for ax, ends in ((left, path_limits), (middle, cv_limits)):
        (here,) = ax.plot([1, 1], ends, color=drawing.MINIMISER, linewidth=4.2)
        (there,) = ax.plot([1, 1], ends, color=drawing.INK, linestyle="--", linewidth=1.9)
        upright = np.array(ends)[None, None]
        moving[here] = (numbers.lambda_coefs[:, None, None] * np.ones(2), upright)
        moving[there] = (lambda_1se[None, :, None] * np.ones(2), upright)
    moving |= _draw_weights(numbers, ax=right)
    for name, line in zip(right.get_yticklabels()[: len(numbers.features.loud)], paths):
        name.set_color(line.get_color())
    curve, lower, *_ = curves
    words = ["CV error", "± one SE", "λ", "λ$_{1se}$, min + SE"]
    figure.legend([curve, lower, here, there], words, loc="outside upper left", ncols=2 if narrow else 4)
    return Drawing(figure, moving, list(curves), dict.fromkeys((left, middle), "penalty λ"))


def _draw_path(numbers, *, ax):
    """-> {line: weights (1, R, K), of all quiet features (1, R, points)}, the axes' limits."""
    features, lambda_coefs, weights = numbers.features, numbers.lambda_coefs, numbers.weights
    low, high = weights.min(), weights.max()
    ends = (low - 0.05 * (high - low), high + 0.05 * (high - low))
    names = features.names[features.loud]
    lines = drawing.weight_path(lambda_coefs, weights[:, 0, features.loud], names, ax=ax)
    ax.set(ylim=ends)
    drawing.few_digits(ax.yaxis)
    by_feature = weights.transpose(2, 1, 0)  # (n, R, K)
    moving = dict(zip(lines, by_feature[features.loud, None]))
    if len(features.quiet):
        x, y = drawing.joined(lambda_coefs, by_feature[features.quiet].swapaxes(0, 1))
        look = {"color": drawing.OTHERS, "linewidth": drawing.OTHERS_WIDTH, "zorder": 1.9}
        (others,) = ax.plot(x, y[0], label="_others", **look)
        moving[others] = y[None]
    return moving, ends


def _draw_cv(numbers, *, ax):
    """-> {line: errors (1, R, K), or a level (1, R, 2)}, the axes' limits."""
    means, ses = numbers.means, numbers.ses
    ends = (0.9 * (means - ses).min(), 1.05 * np.median(means[:, -1]))
    lines = drawing.cv_curve(numbers.lambda_coefs, means[0], ses[0], ax=ax)
    ax.set(ylim=ends)
    drawing.few_digits(ax.yaxis)
    best = means.argmin(axis=1)
    levels = np.take_along_axis(means + ses, best[:, None], axis=1)  # (R, 1)
    bands = (means, means - ses, means + ses, levels * np.ones(2))
    return {line: band[None] for line, band in zip(lines, bands)}, ends


def _draw_weights(numbers, *, ax):
    weights = numbers.weights
    numbers.features.draw_rows(ax=ax, limit=1.1 * np.abs(weights).max())
    return numbers.features.draw_marks(weights, drawing.MINIMISER_LOOK, ax=ax)


def _words(numbers):
    listed = numbers.features.listed
    scale = min(numbers.means.max(), 10 * numbers.ses.max())  # so that a standard error has two digits
    errors = zip(*(in_words(part, scale).T for part in (numbers.means, numbers.ses)))  # for each λ, (R,) each
    return {
        "in": [[listed(w != 0) for w in row] for row in numbers.weights],
        "CV error ± one SE": [[f"{mean} ± {se}" for mean, se in zip(*row)] for row in errors],
        "λ_1se": [[f"{part.lambda_1se:g}" for part in numbers.chosen]],
        "λ_min": [[f"{part.lambda_min:g}" for part in numbers.chosen]],
    }
