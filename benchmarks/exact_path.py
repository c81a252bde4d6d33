"""The exact path and cross-validation against scikit-learn's compiled ones, at equal accuracy, as ratios."""

import warnings

import numpy as np
import torch
from sklearn.linear_model import LassoCV
from sklearn.linear_model import lasso_path as scikit_path
from sklearn.model_selection import PredefinedSplit
from training_grid import seconds

import lasso_helpers

ACCURACY = 1e-8  # of var(y): the duality gap that both must reach


def worst_gap(X, y, lambda_coefs, weights):
    """The largest duality gap of the weights (K, n), with the best bias, as a share of var(y)."""
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


def compare(name, X, y, repeats):
    lambda_coefs = lasso_helpers.lambda_max(X, y) * np.logspace(0, -3, 100)
    folds = np.random.default_rng(0).permutation(len(X)) % 10
    tol, gap = scikit_tolerance(X, y, lambda_coefs)
    ours = lasso_helpers.lasso_path(X, y, lambda_coefs)
    print(
        f"{name}: largest gap, of var(y): ours {ours.gaps.max() / y.var():.0e}, "
        f"scikit-learn's at tol={tol:.0e} {gap:.0e}"
    )
    theirs = LassoCV(alphas=lambda_coefs / 2, cv=PredefinedSplit(folds), tol=tol, max_iter=1_000_000)
    works = {
        "path": (
            lambda: lasso_helpers.lasso_path(X, y, lambda_coefs),
            lambda: scikit_learns(X, y, lambda_coefs, tol),
        ),
        "10-fold CV": (
            lambda: lasso_helpers.cross_validate(X, y, lambda_coefs, folds),
            lambda: theirs.fit(X, y[:, 0]),
        ),
    }
    for work, pair in works.items():
        our, their = seconds(pair, repeats)
        print(
            f"  {work} of 100 λ: ours {1e3 * our:.1f} ms, scikit-learn {1e3 * their:.1f} ms, "
            f"ours takes {our / their:.2f} × its time",
            flush=True,
        )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    torch.manual_seed(0)
    prostate = lasso_helpers.load_prostate()
    compare("prostate, 67 × 8", prostate.X_train.double().numpy(), prostate.y_train.double().numpy(), 21)
    rng = np.random.default_rng(0)
    X = rng.standard_normal((1000, 200))
    compare("1,000 × 200", X, X[:, :10].sum(axis=1, keepdims=True) + rng.standard_normal((1000, 1)), 5)
