import warnings

import numpy as np
import pytest
import torch

from lasso_helpers import LassoRegression, largest_stable_lr, rmse, train, train_grid
from lasso_helpers.explorers import LRS
from lasso_helpers.training import weight_walks
from lecture import lecture_run

LAMBDAS = np.linspace(0, 2, 41)


@pytest.fixture(scope="module")
def plane(prostate):
    return train_grid(prostate, LAMBDAS, LRS)


@pytest.mark.parametrize("lambda_coef", [0, 0.4, 1, 3])
@pytest.mark.parametrize("lr", [0.001, 0.01, 0.25, 0.3, 1.0])
def test_train_walks_the_lectures_path(prostate, lambda_coef, lr):
    theirs, train_rmse, test_rmse = lecture_run(prostate, lambda_coef, lr)
    torch.manual_seed(0)
    model = LassoRegression(8, lambda_coef)
    curve = train(model, prostate, lr=lr)
    np.testing.assert_allclose(curve.train_rmse, train_rmse, rtol=1e-6)
    np.testing.assert_allclose(curve.test_rmse, test_rmse, rtol=1e-6)
    np.testing.assert_allclose(curve.weights[-1], theirs.weight.detach()[:, 0], rtol=1e-6)


def test_the_plane_is_the_loop_alone_in_float64(prostate, plane):
    # 50 random stops, whose Gram-free folding and batching may cost rounding only; diverging ones included.
    rng = np.random.default_rng(0)
    stops = [(k, LRS.index(0.35)) for k in (0, 20)] + [
        (rng.integers(len(LAMBDAS)), rng.integers(len(LRS))) for _ in range(48)
    ]
    for k, a in stops:
        model, train_rmse, test_rmse = lecture_run(prostate, LAMBDAS[k], LRS[a], dtype=torch.float64)
        np.testing.assert_allclose(plane.train_rmse[k, a], train_rmse, rtol=1e-9)
        np.testing.assert_allclose(plane.test_rmse[k, a], test_rmse, rtol=1e-9)
        np.testing.assert_allclose(plane.weights[k, a], model.weight.detach()[:, 0], rtol=1e-9)


def signs_part(prostate, lambda_coef, lr):
    """The first iteration at which float32 and float64 see a weight on different sides of its corner."""
    signs = []
    for dtype in (torch.float32, torch.float64):
        torch.manual_seed(0)
        model, walk = LassoRegression(8, lambda_coef), []
        weight, bias = model.weight.detach().to(dtype), model.bias.detach().to(dtype)
        X, y = prostate.X_train.to(dtype), prostate.y_train.to(dtype)
        for _ in range(250):
            residual = X @ weight + bias - y
            slope = 2 / 67 * X.T @ residual + lambda_coef * weight.sign()
            weight, bias = weight - lr * slope, bias - lr * 2 * residual.mean()
            walk.append(weight.sign()[:, 0])
        signs.append(torch.stack(walk))
    parted = (signs[0] != signs[1]).any(dim=1)
    return int(parted.int().argmax()) if parted.any() else 250


def test_the_plane_is_the_float32_loop_until_rounding_flips_a_sign(prostate, plane):
    # Up to α = 0.25. A weight within float32 rounding of 0 may step to the other side of the corner;
    # from there the two runs are different runs. At λ = 0 there is no corner, so nothing parts.
    rng = np.random.default_rng(1)
    compared = 0
    for k, a in [
        (0, LRS.index(0.25)),
        *zip(rng.integers(41, size=20), rng.integers(LRS.index(0.25) + 1, size=20)),
    ]:
        _, train_rmse, test_rmse = lecture_run(prostate, LAMBDAS[k], LRS[a])
        until = signs_part(prostate, LAMBDAS[k], LRS[a]) if LAMBDAS[k] > 0 else 250
        np.testing.assert_allclose(plane.train_rmse[k, a, :until], train_rmse[:until], rtol=1e-5)
        np.testing.assert_allclose(plane.test_rmse[k, a, :until], test_rmse[:until], rtol=1e-5)
        compared += until
    assert compared > 0.8 * 21 * 250


def test_the_planes_objective_and_zeros_are_the_models(prostate, plane):
    torch.manual_seed(0)
    curve = train(LassoRegression(8, 1), prostate)
    np.testing.assert_allclose(plane.objective[20, LRS.index(0.01)], curve.objective, rtol=1e-5)
    assert plane.exact_zeros.shape == (41, len(LRS), 250) and plane.exact_zeros.sum() == 0


def test_exact_zeros_are_counted(prostate):
    X = torch.zeros_like(prostate.X_train)
    still = train_grid(prostate._replace(X_train=X), [0], [0.1], num_iterations=2)
    assert still.exact_zeros.sum() == 0
    # With X = 0 a weight of size s goes to exactly 0 where αλ = s.
    torch.manual_seed(0)
    size = abs(LassoRegression(8).weight[0].item())
    assert train_grid(prostate._replace(X_train=X), [size / 0.5], [0.5], 1).exact_zeros.tolist() == [[[1]]]


def test_zeros_are_counted_run_by_run_and_without_the_bias(prostate):
    # X = 0: nothing but the penalty moves a weight, one of size αλ to exactly 0 in the first step.
    torch.manual_seed(0)
    sizes = LassoRegression(8).weight.detach().abs()[:, 0].double()
    still = prostate._replace(X_train=torch.zeros(67, 8), y_train=torch.zeros(67, 1))
    grid = train_grid(still, [0, float(sizes[7]) / 0.5], [0.5], 1)
    assert grid.exact_zeros[:, 0, 0].tolist() == [0, 1] and grid.weights.shape == (2, 1, 8)
    assert (grid.weights[1, 0] == 0).tolist() == [False] * 7 + [True]


def test_the_proximal_walk_is_ista(prostate):
    # Both from the same start: ISTA's first step, then one by hand.
    X, y = (part.numpy() for part in prostate.exact[:2])
    first, second = weight_walks(prostate, [0.7], [0.05], 2, proximal=True)[0, 0]
    torch.manual_seed(0)
    model = LassoRegression(8)
    w, b = model.weight.detach().double().numpy(), model.bias.item()
    b = b - 0.05 * 2 * (X @ w + b - y).mean()
    v = first[:, None] - 0.05 * 2 / 67 * X.T @ (X @ first[:, None] + b - y)
    by_hand = np.sign(v) * np.maximum(np.abs(v) - 0.05 * 0.7, 0)
    np.testing.assert_allclose(second, by_hand[:, 0], atol=1e-12)


def test_h_decides_who_arrives(prostate):
    assert 0.29 < largest_stable_lr(prostate.X_train) < 0.30
    ends = train_grid(prostate, [0], [0.29, 0.30]).train_rmse[0, :, -1]
    assert ends[0] == pytest.approx(0.663, abs=1e-3) and ends[1] > 800


def test_a_divergence_is_shown_without_a_warning(prostate):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        grid = train_grid(prostate, [0, 1], [0.3, 50], num_iterations=400)
        curve = train(LassoRegression(8, 1), prostate, lr=50)
    assert not np.isfinite(grid.train_rmse[:, 1, -1]).any() and not np.isfinite(curve.train_rmse[-1])
    assert np.isfinite(grid.train_rmse[:, 0]).all()


def test_random_state_and_threads_are_left_alone(prostate):
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    before = torch.get_num_threads()
    torch.set_num_threads(2)  # one is what the grid itself takes
    try:
        train_grid(prostate, [1], [0.1], 3, seed=9)
        with pytest.raises(ValueError):
            train_grid(prostate, [-1], [0.1], 3)
        assert torch.equal(torch.rand(3), expected) and torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_more_features_than_rows_train_as_well(prostate):
    few = prostate._replace(X_train=prostate.X_train[:5], y_train=prostate.y_train[:5])
    _, train_rmse, test_rmse = lecture_run(few, 1, 0.01, 50, dtype=torch.float64)
    grid = train_grid(few, [1], [0.01], 50)
    np.testing.assert_allclose(grid.train_rmse[0, 0], train_rmse, rtol=1e-9)
    np.testing.assert_allclose(grid.test_rmse[0, 0], test_rmse, rtol=1e-9)


def test_rmse_of_a_toy():
    assert rmse(np.array([[1.0], [5.0]]), np.array([[1.0], [1.0]])) == pytest.approx(np.sqrt(8))
    assert rmse(torch.tensor([[torch.inf]]), torch.ones(1, 1)) == np.inf


def test_rmse_never_broadcasts():
    with pytest.raises(ValueError, match=r"predictions must have the labels' shape \(3, 1\) .* got \(3,\)"):
        rmse(np.ones(3), np.ones((3, 1)))


@pytest.mark.parametrize(
    "lambda_coefs, lrs, num_iterations, message",
    [
        ([], [0.1], 3, r"lambda_coefs must be a list of one number or more, got shape \(0,\)"),
        ([1], [], 3, r"lrs must be a list of one number or more, got shape \(0,\)"),
        ([1, -1], [0.1], 3, r"lambda_coefs\[1\] must be a finite number ≥ 0, got .*-1"),
        ([1], [0.1, 0], 3, r"lrs\[1\] must be a finite number > 0, got"),
        ([np.nan], [0.1], 3, r"lambda_coefs\[0\] must be a finite number ≥ 0, got .*nan"),
        ([1], [0.1], 0, "num_iterations must be a whole number ≥ 1, got 0"),
    ],
)
def test_train_grid_says_what_is_wrong(prostate, lambda_coefs, lrs, num_iterations, message):
    with pytest.raises(ValueError, match=message):
        train_grid(prostate, lambda_coefs, lrs, num_iterations)


def test_weight_walks_are_the_grids_and_checked_like_them(prostate):
    walks = weight_walks(prostate, [0, 1], [0.01, 0.25], 50)
    np.testing.assert_array_equal(walks[:, :, -1], train_grid(prostate, [0, 1], [0.01, 0.25], 50).weights)
    with pytest.raises(ValueError, match=r"lambda_coefs\[0\] must be a finite number ≥ 0, got"):
        weight_walks(prostate, [-1], [0.1])
    with pytest.raises(ValueError, match=r"lrs\[0\] must be a finite number > 0, got"):
        weight_walks(prostate, [1], [-0.1])


def test_train_says_what_is_wrong(prostate):
    with pytest.raises(ValueError, match="num_iterations must be a whole number ≥ 1, got -3"):
        train(LassoRegression(8), prostate, num_iterations=-3)
    with pytest.raises(ValueError, match=r"lr must be a finite number > 0, got -0\.1"):
        train(LassoRegression(8), prostate, lr=-0.1)
    for call in (lambda data: train(LassoRegression(8), data), lambda data: train_grid(data, [1], [0.1])):
        with pytest.raises(ValueError, match="data must be a Dataset, got tuple"):
            call(prostate[:4])


def test_recorded_weights_are_the_loops_after_so_many_steps(prostate):
    torch.manual_seed(0)
    model = LassoRegression(n_dims=8, lambda_coef=1)
    start = np.append(model.weight.detach().numpy()[:, 0], model.bias.detach().numpy())
    curve = train(model, prostate, num_iterations=30, lr=0.05)
    grid = train_grid(prostate, [0.5, 1], [0.01, 0.05], 30, record=[0, 1, 7, 30])
    assert grid.weights.shape == (2, 2, 4, 8) and grid.start.tolist() == start.tolist()
    expected = [start[:-1], *curve.weights[[0, 6, 29]]]
    np.testing.assert_allclose(grid.weights[1, 1], expected, atol=2e-5)
    plain = train_grid(prostate, [0.5, 1], [0.01, 0.05], 30)
    np.testing.assert_array_equal(plain.weights, grid.weights[:, :, -1])
    np.testing.assert_array_equal(plain.train_rmse, grid.train_rmse)


@pytest.mark.parametrize("record", [[-1], [31], [2.5], []])
def test_what_is_recorded_lies_within_the_run(prostate, record):
    with pytest.raises(ValueError, match="record"):
        train_grid(prostate, [1], [0.01], 30, record=record)
