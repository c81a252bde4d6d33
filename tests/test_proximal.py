import numpy as np
import pytest
import torch

from lasso_helpers import soft_threshold
from lasso_helpers.proximal import minimise_batch


def test_soft_threshold_by_cases():
    w = torch.tensor([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0])
    assert soft_threshold(w, 1.0).tolist() == [-2, 0, 0, 0, 0, 0, 2]


def test_soft_threshold_minimises_its_objective():
    v = np.linspace(-4, 4, 80_001)
    for w in (-2.0, -0.3, 0.7, 3.0):
        searched = v[np.argmin(0.5 * (v - w) ** 2 + 0.8 * np.abs(v))]
        assert soft_threshold(w, 0.8).item() == pytest.approx(searched, abs=1e-4)


def test_soft_threshold_wants_a_threshold():
    with pytest.raises(ValueError, match="threshold must be ≥ 0, got -1"):
        soft_threshold(1.0, -1)


def test_a_solver_stopped_too_early_says_so(prostate):
    X = prostate.X_train.double()
    gram, correlation = X.T @ X / 67, X.T @ (prostate.y_train - prostate.y_train.mean()).double() / 67
    variance = float(prostate.y_train.double().var(correction=0))
    with pytest.raises(RuntimeError, match="the duality gap is .* of var.y. after 3 iterations"):
        minimise_batch(gram, correlation, variance, torch.tensor([0.1]).double(), max_iterations=3)
