"""The exact path and cross-validation against scikit-learn's: equal accuracy, one thread, as ratios."""

import os

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # before numpy is loaded

import warnings

import numpy as np
import torch
from sklearn.linear_model import LassoCV
from sklearn.linear_model import lasso_path as scikit_path
from sklearn.model_selection import PredefinedSplit
from training_grid import seconds

import lasso_helpers

ACCURACY = 1e-10  # of var(y): the duality gap that both must reach


def worst_gap(X, y, lambda_coefs, weights):
    """The largest duality gap of the weights (K, n), with the best intercept, as a share of var(y)."""
    biases = y.mean() - weights @ X.mean(axis=0)
    gaps = [
        lasso_helpers.duality_gap(X, y, w[:, None], b, lam)
        for lam, w, b in zip(lambda_coefs, weights, biases)
    ]
    return max(gaps) / y.var()


def scikit_tolerance(X, y, lambda_coefs):
    """scikit-learn's loosest tol, a power of ten, whose path reaches ACCURACY; and its gap."""
    for power in range(3, 15):
        weights = scikit_learns(X, y, lambda_coefs, 10.0**-power)
        gap = worst_gap(X, y, lambda_coefs, weights)
        if gap <= ACCURACY:
            return 10.0**-power, gap
    raise RuntimeError("scikit-learn's path does not reach the accuracy")


def scikit_learns(X, y, lambda_coefs, tol):
    """Its path on centred data: weights (K, n)."""
    X_c, y_c = X - X.mean(axis=0), (y - y.mean())[:, 0]
    return scikit_path(X_c, y_c, alphas=lambda_coefs / 2, tol=tol, max_iter=1_000_000)[1].T


def compare(name, X, y, repeats=5, cross_validated=False):
    lambda_coefs = lasso_helpers.lambda_max(X, y) * np.logspace(0, -3, 100)
    tol, gap = scikit_tolerance(X, y, lambda_coefs)
    ours = lasso_helpers.lasso_path(X, y, lambda_coefs)
    print(
        f"{name}: {len(ours.knots)} knots; largest gap, of var(y): ours {ours.gaps.max() / y.var():.0e}, "
        f"scikit-learn's at tol={tol:.0e} {gap:.0e}"
    )
    works = {
        "path": (
            lambda: lasso_helpers.lasso_path(X, y, lambda_coefs),
            lambda: scikit_learns(X, y, lambda_coefs, tol),
        )
    }
    if cross_validated:
        folds = np.random.default_rng(0).permutation(len(X)) % 10
        theirs = LassoCV(alphas=lambda_coefs / 2, cv=PredefinedSplit(folds), tol=tol, max_iter=1_000_000)
        works["10-fold CV"] = (
            lambda: lasso_helpers.cross_validate(X, y, lambda_coefs, folds),
            lambda: theirs.fit(X, y[:, 0]),
        )
    for work, pair in works.items():
        our, their = seconds(pair, repeats)
        print(
            f"  {work} of 100 λ: ours {1e3 * our:.1f} ms, scikit-learn {1e3 * their:.1f} ms, "
            f"ours takes {our / their:.3f} × its time",
            flush=True,
        )


def gauss(m, n, correlation=0.0):
    """Columns with one correlation, ten of which make y."""
    rng = np.random.default_rng(0)
    X = np.sqrt(correlation) * rng.standard_normal((m, 1))
    X = X + np.sqrt(1 - correlation) * rng.standard_normal((m, n))
    return X, X[:, :10].sum(axis=1, keepdims=True) + rng.standard_normal((m, 1))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    torch.set_num_threads(1)
    prostate = lasso_helpers.load_prostate().exact
    compare("prostate, 67 × 8", prostate.X_train.numpy(), prostate.y_train.numpy(), 21, cross_validated=True)
    compare("1,000 × 50", *gauss(1000, 50))
    compare("1,000 × 200", *gauss(1000, 200), cross_validated=True)
    compare("100 × 1,000", *gauss(100, 1000), repeats=1)
    compare("60 × 50, correlated .999", *gauss(60, 50, 0.999))
