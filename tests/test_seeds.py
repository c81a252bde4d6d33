"""A seed is kept, and handed on to wherever something is drawn."""

import numpy as np
import pytest

import lasso_helpers
from lasso_helpers import explorers
from lasso_helpers.loading.shipped import DATASETS


def arrays(live):
    moving = np.concatenate([y.ravel() for _, y, _ in live._moving.values()])
    live.close()
    return moving


SEEDED = {
    "load_csv": lambda data, seed: (
        lasso_helpers.load_csv(DATASETS / "diabetes.csv", "progression", seed=seed).y_test
    ),
    "train_grid": lambda data, seed: lasso_helpers.train_grid(data, [1], [0.1], 10, seed=seed).weights,
    "deal_again": lambda data, seed: explorers.deal_again(data, 2, seed=seed)[1][1],
    "cross_validate": lambda data, seed: (
        lasso_helpers.cross_validate(*data[:2], [0.5], seed=seed).fold_errors
    ),
    "explore_learning_curves": lambda data, seed: arrays(
        lasso_helpers.explore_learning_curves(data, [0, 1], [0.1], 10, seed=seed)
    ),
    "explore_zeros": lambda data, seed: arrays(
        lasso_helpers.explore_zeros(data, [0, 1], [0.1], 10, seed=seed)
    ),
    "explore_path's folds": lambda data, seed: arrays(
        lasso_helpers.explore_path(data, [0.5, 1], resamples=1, seed=seed)
    ),
    "explore_path's deals": lambda data, seed: arrays(
        lasso_helpers.explore_path(data, [0.5, 1], resamples=2, folds=np.arange(67) % 10, seed=seed)
    ),
}


@pytest.mark.parametrize("draw", SEEDED.values(), ids=SEEDED)
def test_a_seed_is_always_the_same_draw(prostate, draw):
    np.testing.assert_array_equal(draw(prostate, 1), draw(prostate, 1))


@pytest.mark.parametrize("draw", SEEDED.values(), ids=SEEDED)
def test_two_seeds_are_two_draws(prostate, draw):
    assert not np.array_equal(draw(prostate, 0), draw(prostate, 1), equal_nan=True)
