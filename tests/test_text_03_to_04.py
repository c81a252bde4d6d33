"""The numbers that sentences of 03 and 04 rest on, by NumPy, scikit-learn and the lecture's own class."""

import re

import numpy as np
import pytest
import torch
from sklearn.linear_model import Lasso

import lasso_helpers
from lecture import LectureLasso, lecture_run
from reading import FOLDER, presets, printed, readout


@pytest.fixture(scope="module")
def arrays(prostate):
    """X (67, 8), centred, y (67, 1), X_test, y_test: float64."""
    return [part.numpy() for part in prostate.exact[:4]]


def hessian(X):
    return 2 / len(X) * X.T @ X


def with_ones(X):
    return np.hstack([X, np.ones((len(X), 1))])


def lasso_descent(X, y, penalty, lr, steps, seed=0):
    """Weights after each step (steps, n) and the objective, by the formula λ·sign(w) in float64."""
    torch.manual_seed(seed)
    w, b = torch.randn(X.shape[1], 1).double().numpy(), torch.randn(1).double().numpy()
    weights, objective = np.empty((steps, X.shape[1])), np.empty(steps)
    for t in range(steps):
        residual = X @ w + b - y
        w = w - lr * (2 / len(X) * X.T @ residual + penalty * np.sign(w))
        b = b - lr * 2 * residual.mean(axis=0)
        weights[t], objective[t] = w[:, 0], ((X @ w + b - y) ** 2).mean() + penalty * np.abs(w).sum()
    return weights, objective


def minimiser(X, y, penalty):
    return Lasso(alpha=penalty / 2, tol=1e-13, max_iter=1_000_000).fit(X, y[:, 0])


# 03


@pytest.mark.parametrize("lr", [0.1, 0.6])
def test_descent_on_two_weights_multiplies_the_difference_by_i_minus_alpha_h(lr, arrays):
    X, y = arrays[0][:, [0, 4]], arrays[1] - arrays[1].mean()
    goal = np.linalg.lstsq(X, y, rcond=None)[0]
    start = goal + [[0.9], [0.4]]
    w = start
    for _ in range(30):
        w = w - lr * 2 / len(X) * X.T @ (X @ w - y)
    left = np.linalg.matrix_power(np.eye(2) - lr * hessian(X), 30) @ (start - goal)
    np.testing.assert_allclose(w - goal, left, atol=1e-12)
    lines = printed("03_gradient_descent", "error-recursion").split(f"α = {lr}")[1].splitlines()[:2]
    assert all(str(left[:, 0].round(4)) in line for line in lines)


def test_with_the_intercept_the_limit_is_2_over_h(arrays):
    h = np.linalg.eigvalsh(hessian(with_ones(arrays[0])))[-1]
    assert f"h = {h:.4f}, so 2/h = {2 / h:.4f}" in printed("03_gradient_descent", "curvatures")


def test_all_directions_but_the_steepest_shrink_at_030(arrays):
    factors = np.abs(1 - 0.30 * np.linalg.eigvalsh(hessian(with_ones(arrays[0]))))
    assert (factors < 1).sum() == 8 and factors.max() == factors[-1] > 1
    assert f"grown {factors[-1] ** 250:.0f}-fold" in printed("03_gradient_descent", "distance-grown")


def test_of_the_flattest_direction_42_percent_is_left(arrays):
    keeps = 1 - 0.01 * np.linalg.eigvalsh(hessian(with_ones(arrays[0])))[0]
    steps = next(t for t in range(10_000) if keeps**t <= 0.01)
    said = printed("03_gradient_descent", "slowest-direction")
    assert f"left after 250 steps: {keeps**250:.0%}; within 1% after {steps:,} steps" in said


def test_the_step_for_the_flattest_direction_is_beyond_the_limit(arrays):
    eigenvalues = np.linalg.eigvalsh(hessian(with_ones(arrays[0])))
    assert 1 / eigenvalues[0] > 2 / eigenvalues[-1] and 0.01 * eigenvalues[-1] < 1


# 04


def test_the_objective_rises_in_58_steps_each_across_a_corner(arrays):
    X, y = arrays[:2]
    weights, objective = lasso_descent(X, y, 1, 0.01, 250)
    rises = np.diff(objective) > 0
    said = f"{rises.sum()} of {len(rises)} steps, first after index {rises.argmax()}"
    assert said in printed("04_autograd_lasso", "where-it-turns")
    crossed = (np.sign(weights[1:]) != np.sign(weights[:-1])).any(axis=1)
    assert crossed[rises].all()


def test_from_another_start_the_train_rmse_hardly_turns(prostate):
    assert lecture_run(prostate, seed=17)[1].argmin() == 249
    assert lecture_run(prostate, seed=0)[1].argmin() == 127


@pytest.mark.parametrize("penalty", [0.005, 0.02, 0.1, 1])
def test_the_run_settles_only_where_the_minimiser_has_no_zero(penalty, arrays):
    X, y = arrays[:2]
    weights, _ = lasso_descent(X, y, penalty, 0.1, 1000)
    exact = minimiser(X, y, penalty).coef_
    zeros, band = (exact == 0).sum(), np.ptp(weights[-25:], axis=0).max()
    assert f"{zeros} zeros in the minimiser, band {band:.3f}" in printed(
        "04_autograd_lasso", "no-zero-no-band"
    )
    assert (np.abs(weights[-1] - exact).max() < 1e-9) == (zeros == 0)
    assert band == pytest.approx(2 * 0.1 * penalty if zeros else 0, rel=0.1, abs=1e-9)  # "about 2αλ wide"


@pytest.mark.parametrize("lr", [0.25, 0.29])
def test_near_the_limit_the_weights_jump_for_ever_between_the_same_places(lr, arrays):
    weights, _ = lasso_descent(*arrays[:2], 1, lr, 5000)
    bands = [np.ptp(weights[t - 25 : t], axis=0).max() for t in (1000, 5000)]
    assert bands[0] == pytest.approx(bands[1])
    said = [line for line in printed("04_autograd_lasso", "hovering").splitlines() if f"α = {lr}" in line]
    assert len(said) == 2 and all(f"{bands[1]:.2f}" in line for line in said)


def test_lcavol_refitted_has_a_lower_test_rmse_than_shrunk_and_than_all_eight(arrays):
    X, y, X_test, y_test = arrays

    def error(predictions):
        return np.sqrt(((predictions.reshape(-1, 1) - y_test) ** 2).mean())

    alone = np.linalg.lstsq(with_ones(X[:, :1]), y, rcond=None)[0]
    everything = np.linalg.lstsq(with_ones(X), y, rcond=None)[0]
    shrunk = minimiser(X, y, 1)
    refitted = error(with_ones(X_test[:, :1]) @ alone)
    said = printed("04_autograd_lasso", "refit")
    assert f"weight {alone[0, 0]:.2f}, test RMSE {refitted:.3f}" in said
    assert f"weight {shrunk.coef_[0]:.2f}, test RMSE {error(shrunk.predict(X_test)):.3f}" in said
    assert refitted < error(with_ones(X_test) @ everything) < error(shrunk.predict(X_test))


def test_twenty_starts_end_on_either_side_of_least_squares(arrays):
    X, y, X_test, y_test = arrays
    A, A_test = with_ones(X), with_ones(X_test)
    goal = np.linalg.lstsq(A, y, rcond=None)[0]
    left = np.linalg.matrix_power(np.eye(9) - 0.01 * hessian(A), 250)
    ends = []
    for seed in range(20):
        torch.manual_seed(seed)
        start = np.vstack([torch.randn(8, 1).double().numpy(), torch.randn(1, 1).double().numpy()])
        ends.append(np.sqrt(((A_test @ (goal + left @ (start - goal)) - y_test) ** 2).mean()))
    exact = np.sqrt(((A_test @ goal - y_test) ** 2).mean())
    said = printed("04_autograd_lasso", "unfinished")
    assert f"20 seeds: {min(ends):.2f} to {max(ends):.2f}" in said and f"itself: {exact:.3f}" in said
    assert min(ends) < exact < max(ends)


def descended(data, rebuild, momentum):
    torch.manual_seed(0)
    model = LectureLasso(8)
    for t in range(50):
        if t == 0 or rebuild:
            optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=momentum)
        optimizer.zero_grad()
        penalty = model.weight.abs().sum()
        (((model.predict(data.X_train) - data.y_train) ** 2).mean() + penalty).backward()
        optimizer.step()
    return model.weight.detach()


def test_a_new_optimizer_at_every_step_changes_no_bit_of_plain_sgd_and_loses_momentum(prostate):
    plain = descended(prostate, False, 0)
    assert torch.equal(plain, descended(prostate, True, 0))
    assert torch.equal(plain, descended(prostate, True, 0.9))
    assert not torch.equal(plain, descended(prostate, False, 0.9))


# the lecturer's notes


def test_the_notes_name_the_features_that_are_in_at_every_deal(prostate):
    live = lasso_helpers.explore_path(prostate)
    i = presets(live)["λ_1se"][0]
    sets = [set(readout(live, "in", (i, k)).split(", ")) for k in range(60)]
    live.close()
    assert set.intersection(*sets) == {"lcavol", "svi"} and len({frozenset(names) for names in sets}) == 9


def test_beyond_the_limit_the_proximal_step_holds_at_lambda_1_and_not_at_a_small_one(arrays):
    X, y = arrays[0], arrays[1] - arrays[1].mean()

    def ends(penalty, lr=0.32):
        torch.manual_seed(0)
        w = torch.randn(8, 1).double().numpy()
        for _ in range(250):
            moved = w - lr * 2 / len(X) * X.T @ (X @ w - y)
            w = np.sign(moved) * np.maximum(np.abs(moved) - lr * penalty, 0)
        return np.abs(w[:, 0] - minimiser(X, y, penalty).coef_).max()

    assert ends(1) < 1e-9 and ends(0.1) > 1000


def test_the_notes_and_the_readme_say_nothing_of_audiences_that_nobody_asked():
    said = (FOLDER / "lecturer_notes.md").read_text() + (FOLDER.parent / "README.md").read_text()
    assert not re.search(r"\b(nearly all|most|everybody|nobody) (say|notice|think|believe)", said, flags=re.I)
