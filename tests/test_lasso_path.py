import importlib

import numpy as np
import pytest
import torch
from sklearn.linear_model import Lasso, LassoCV
from sklearn.model_selection import PredefinedSplit

from lasso_helpers import (
    cross_validate,
    duality_gap,
    lambda_max,
    lasso_path,
    load_prostate,
    ridge_closed_form,
)
from lasso_helpers.arguments import as_folds
from lasso_helpers.homotopy import Path, homotopy


def objective(X, y, weights, bias, lambda_coef):
    return float(((X @ weights[:, None] + bias - y) ** 2).mean() + lambda_coef * np.abs(weights).sum())


def test_lambda_max_of_the_prostate_data(prostate):
    assert lambda_max(prostate.X_train, prostate.y_train) == pytest.approx(1.7446, abs=5e-5)


def test_at_lambda_max_all_weights_are_zero_and_just_below_one_is_not(problem):
    highest = lambda_max(*problem)
    path = lasso_path(*problem, [highest, 0.99 * highest])
    assert (path.weights[0] == 0).all() and (path.weights[1] != 0).sum() == 1
    assert path.biases[0] == pytest.approx(problem[1].mean().item())


def test_a_toy_solved_by_hand():
    # X = −1, 0, 1, y = X: (2/3)(w − 1)² + λ|w| is lowest at w = 1 − 3λ/4.
    X = np.array([[-1.0], [0.0], [1.0]])
    assert lasso_path(X, X, [0.4]).weights[0, 0] == pytest.approx(0.7)


@pytest.mark.parametrize("share", [1.1, 0.5, 0.1, 0.01])
def test_the_minimiser_is_scikit_learns(problem, share):
    X, y = (part.numpy() for part in problem)
    lambda_coef = share * lambda_max(X, y)
    path = lasso_path(X, y, [lambda_coef])
    theirs = Lasso(alpha=lambda_coef / 2, tol=1e-12, max_iter=100_000).fit(X, y[:, 0])
    assert (path.weights[0] == 0).tolist() == (theirs.coef_ == 0).tolist()
    np.testing.assert_allclose(path.weights[0], theirs.coef_, atol=1e-5)


def test_the_gap_bounds_the_true_distance(problem):
    X, y = (part.numpy() for part in problem)
    lambda_coefs = lambda_max(X, y) / np.array([1.5, 4, 20, 500])
    path = lasso_path(X, y, lambda_coefs)
    for lam, weights, bias, gap in zip(lambda_coefs, path.weights, path.biases, path.gaps):
        best = Lasso(alpha=lam / 2, tol=1e-14, max_iter=1_000_000).fit(X, y[:, 0])
        distance = objective(X, y, weights, bias, lam) - objective(X, y, best.coef_, best.intercept_, lam)
        assert -1e-12 <= distance <= gap + 1e-12 and gap <= 1e-10 * y.var()


def test_at_0_it_is_least_squares(problem):
    np.testing.assert_allclose(
        lasso_path(*problem, [0]).weights[0], ridge_closed_form(*problem, 0)[0][:, 0], rtol=1e-7
    )


def test_by_default_100_values_from_lambda_max_down(prostate):
    path = lasso_path(prostate.X_train, prostate.y_train)
    highest = lambda_max(prostate.X_train, prostate.y_train)
    assert path.lambda_coefs.shape == (100,) and path.weights.shape == (100, 8)
    assert path.lambda_coefs[0] == highest and path.lambda_coefs[-1] == pytest.approx(highest / 1000)


def test_the_kkt_conditions_hold_on_the_prostate_data(prostate):
    X, y = prostate.X_train.double().numpy(), prostate.y_train.double().numpy()
    path = lasso_path(X, y, [0.1, 0.5, 1])
    assert (path.weights != 0).sum(axis=1).tolist() == [6, 3, 1]
    for lam, weights, bias in zip(path.lambda_coefs, path.weights, path.biases):
        gradient = (2 / 67 * X.T @ (X @ weights[:, None] + bias - y))[:, 0]
        active = weights != 0
        np.testing.assert_allclose(gradient[active], -lam * np.sign(weights[active]), atol=1e-4)
        assert (np.abs(gradient[~active]) <= lam + 1e-9).all()


def test_lambda_may_come_in_any_order(problem):
    path = lasso_path(*problem, [0.1, 0, 2, 0.5])
    in_order = lasso_path(*problem, [0, 0.1, 0.5, 2])
    np.testing.assert_array_equal(path.weights, in_order.weights[[1, 0, 3, 2]])
    assert path.lambda_coefs.tolist() == [0.1, 0, 2, 0.5]


@pytest.mark.parametrize("value", [0.1, 4.0])
def test_a_constant_y_gives_zero_weights(value):
    X = np.random.default_rng(0).standard_normal((9, 2))
    path = lasso_path(X, np.full((9, 1), value), [0, 0.5])
    assert (path.weights == 0).all() and path.biases == pytest.approx([value, value])


def test_one_row_gives_zero_weights():
    path = lasso_path([[3.0, 1.0]], [[5.0]], [0, 0.5])
    assert (path.weights == 0).all() and path.biases.tolist() == [5, 5]


def test_a_column_of_one_value_gets_weight_zero(problem):
    X, y = problem
    for value in (0, 0.1):
        path = lasso_path(torch.cat([X, torch.full_like(y, value)], dim=1), y, [0, 0.01])
        assert (path.weights[:, -1] == 0).all()
        np.testing.assert_allclose(path.weights[:, :-1], lasso_path(X, y, [0, 0.01]).weights, atol=1e-6)


def test_duplicate_columns_share_one_weight(problem):
    # The minimiser is not unique: only the sum is determined.
    X, y = problem
    twice = lasso_path(torch.cat([X[:, :1], X], dim=1), y, [0.1]).weights[0]
    assert twice[0] + twice[1] == pytest.approx(lasso_path(X, y, [0.1]).weights[0, 0], abs=1e-4)


@pytest.fixture
def a_sweep_that_stays_at_0(monkeypatch):
    module = importlib.import_module("lasso_helpers.lasso_path")
    nothing = lambda hessian, slope, lowest: Path(np.array([9.0]), np.zeros((1, len(slope))), [])
    monkeypatch.setattr(module, "homotopy", nothing)
    return module


def test_where_the_sweep_fails_fistas_steps_find_the_minimiser(problem, a_sweep_that_stays_at_0):
    X, y = (part.numpy() for part in problem)
    path = lasso_path(X, y, [0.5, 0.1])
    for lam, weights in zip((0.5, 0.1), path.weights):
        theirs = Lasso(alpha=lam / 2, tol=1e-12, max_iter=100_000).fit(X, y[:, 0])
        np.testing.assert_allclose(weights, theirs.coef_, atol=1e-4)
    assert (path.gaps <= 1e-10 * y.var()).all()


def test_where_they_fail_too_it_says_so_in_words_about_x(problem, a_sweep_that_stays_at_0, monkeypatch):
    monkeypatch.setattr(a_sweep_that_stays_at_0, "MAX_STEPS_MORE", 10)
    words = (
        r"at λ = 0.1 no minimiser is certain: the duality gap is \S+ of var\(y\), not 1e-10, and 10 steps of"
    )
    with pytest.raises(RuntimeError, match=words):
        lasso_path(*problem, [0.1])


def book_lasso_column(data):
    """The weights at λ on z-scores of all 97 men, from a fit on z-scores of the 67."""
    raw = load_prostate(standardized=False)
    everyone = torch.cat([raw.X_train, raw.X_test]).double()
    fit = lasso_path(data.X_train, data.y_train, [0.41496])
    prediction = data.X_test.double().numpy() @ fit.weights[0] + fit.biases[0]
    test_error = ((prediction - data.y_test.numpy()[:, 0]) ** 2).mean()
    return fit.weights[0] * (everyone.std(0) / raw.X_train.double().std(0)).numpy(), fit, test_error


def test_the_books_lasso_column(prostate):
    # ESL, Table 3.3; the weights on the training scale first.
    book, fit, test_error = book_lasso_column(prostate)
    assert fit.weights[0].round(4).tolist() == [0.5618, 0.1885, 0, 0.0023, 0.0951, 0, 0, 0]
    assert book.round(3).tolist() == [0.533, 0.169, 0, 0.002, 0.094, 0, 0, 0]
    assert fit.biases[0] == pytest.approx(2.452, abs=5e-4) and test_error == pytest.approx(0.479, abs=5e-4)


@pytest.mark.parametrize("folds", [2, 5, 10, 30])
def test_cross_validation_is_scikit_learns_with_the_same_folds(problem, folds):
    X, y = (part.numpy() for part in problem)
    numbers = np.random.default_rng(folds).permutation(30) % folds
    lambda_coefs = lambda_max(X, y) * np.logspace(0, -3, 30)
    ours = cross_validate(X, y, lambda_coefs, folds=numbers)
    theirs = LassoCV(alphas=lambda_coefs / 2, cv=PredefinedSplit(numbers), tol=1e-12, max_iter=1_000_000)
    theirs.fit(X, y[:, 0])
    np.testing.assert_allclose(ours.fold_errors, theirs.mse_path_.T, rtol=1e-4)
    assert ours.lambda_min == pytest.approx(2 * theirs.alpha_)
    np.testing.assert_array_equal(ours.mean, ours.fold_errors.mean(axis=0))
    np.testing.assert_allclose(ours.se, ours.fold_errors.std(axis=0, ddof=1) / folds**0.5)


def test_lambda_1se_is_the_largest_within_one_standard_error(prostate):
    for seed in range(10):
        chosen = cross_validate(prostate.X_train, prostate.y_train, seed=seed)
        best = chosen.mean.argmin()
        within = chosen.mean <= chosen.mean[best] + chosen.se[best]
        assert chosen.lambda_min == chosen.lambda_coefs[best]
        assert chosen.lambda_1se == chosen.lambda_coefs[within].max() >= chosen.lambda_min


def test_in_a_tie_the_larger_lambda_wins(problem):
    # Beyond λ_max every λ gives the mean: all tie.
    highest = lambda_max(*problem)
    chosen = cross_validate(problem[0] * 0, problem[1], [2 * highest, 3 * highest, highest])
    assert chosen.lambda_min == chosen.lambda_1se == 3 * highest


def test_folds_are_shuffled_and_of_equal_size():
    folds = as_folds(10, 67, seed=0)
    assert sorted(np.bincount(folds)) == [6, 6, 6, 7, 7, 7, 7, 7, 7, 7]
    assert (np.diff(folds) < 0).sum() > 20  # not in the order of the file, which is sorted by lpsa
    np.testing.assert_array_equal(folds, as_folds(10, 67, seed=0))
    assert (folds != as_folds(10, 67, seed=1)).any()


def test_the_order_of_the_file_would_mislead(prostate):
    in_order = cross_validate(prostate.X_train, prostate.y_train, folds=np.arange(67) * 10 // 67)
    shuffled = cross_validate(prostate.X_train, prostate.y_train)
    assert in_order.mean.min() > 1.2 * shuffled.mean.min()


def test_cross_validation_of_a_constant_y():
    X = np.random.default_rng(0).standard_normal((9, 2))
    chosen = cross_validate(X, np.full((9, 1), 4.0), [0.1, 1], folds=3)
    assert (chosen.fold_errors < 1e-20).all() and chosen.lambda_1se == 1


@pytest.mark.parametrize("call", [lasso_path, cross_validate])
def test_without_a_lambda_max_there_is_no_default_grid(problem, call):
    X_given, y_given = problem
    for X, y in ((X_given, torch.ones_like(y_given)), (torch.ones_like(X_given), y_given)):
        with pytest.raises(ValueError, match="lambda_coefs must be given where λ_max is 0"):
            call(X, y)


@pytest.mark.parametrize("call", [lasso_path, cross_validate])
@pytest.mark.parametrize(
    "lambda_coefs, message",
    [
        ([], "lambda_coefs must be a list of one number or more"),
        ([-1], r"lambda_coefs\[0\] must be a finite number ≥ 0"),
        (0.5, r"lambda_coefs must be a list of one number or more, got shape \(\)"),
    ],
)
def test_the_list_of_lambda_is_checked(problem, call, lambda_coefs, message):
    with pytest.raises(ValueError, match=message):
        call(*problem, lambda_coefs)


@pytest.mark.parametrize(
    "folds, message",
    [
        (1, "folds must be a whole number from 2 to the 30 rows, .* got 1"),
        (31, "folds must be a whole number from 2 to the 30 rows, .* got 31"),
        (2.5, "folds must be a whole number from 2 to the 30 rows, .* got 2.5"),
        (True, "folds must be a whole number from 2 to the 30 rows, .* got True"),
        ([0, 1], r"folds must hold a whole number for each of the 30 rows, .* got shape \(2,\)"),
        ([0] * 30, "folds must hold .* two different ones or more, got .* with 1 different"),
        ([0.0, 1.0] * 15, "folds must hold a whole number for each"),
    ],
)
def test_folds_are_checked(problem, folds, message):
    with pytest.raises(ValueError, match=message):
        cross_validate(*problem, folds=folds)


def test_one_row_cannot_be_cross_validated():
    with pytest.raises(ValueError, match="folds must be a whole number from 2 to the 1 rows"):
        cross_validate([[1.0]], [[1.0]], [0.1], folds=2)


def test_lambda_max_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"y must be \(2, 1\), .* got shape \(3, 1\)"):
        lambda_max(torch.eye(2), torch.ones(3, 1))


# A table on which programs for least squares are tried: 16 years, columns correlated up to .995. The weights
# are those certified by the National Institute of Standards and Technology (Statistical Reference Datasets).
LONGLEY = """60323 83.0 234289 2356 1590 107608 1947
61122 88.5 259426 2325 1456 108632 1948
60171 88.2 258054 3682 1616 109773 1949
61187 89.5 284599 3351 1650 110929 1950
63221 96.2 328975 2099 3099 112075 1951
63639 98.1 346999 1932 3594 113270 1952
64989 99.0 365385 1870 3547 115094 1953
63761 100.0 363112 3578 3350 116219 1954
66019 101.2 397469 2904 3048 117388 1955
67857 104.6 419180 2822 2857 118734 1956
68169 108.4 442769 2936 2798 120445 1957
66513 110.8 444546 4681 2637 121950 1958
68655 112.6 482704 3813 2552 123366 1959
69564 114.2 502601 3931 2514 125368 1960
69331 115.7 518173 4806 2572 127852 1961
70551 116.9 554894 4007 2827 130081 1962"""
CERTIFIED = [15.0618722713733, -0.0358191792925910, -2.02022980381683, -1.03322686717359]
CERTIFIED += [-0.0511041056535807, 1829.15146461355]


def test_longleys_least_squares_is_the_certified_one_and_its_path_scikit_learns():
    y, X = np.split(np.array([line.split() for line in LONGLEY.splitlines()], dtype=float), [1], axis=1)
    std = X.std(axis=0, ddof=1)
    Z = (X - X.mean(axis=0)) / std
    path = lasso_path(Z, y, [0, 1, 100])
    np.testing.assert_allclose(path.weights[0] / std, CERTIFIED, rtol=1e-8)
    for k, lam in ((1, 1), (2, 100)):
        theirs = Lasso(alpha=lam / 2, tol=1e-14, max_iter=10_000_000).fit(Z, y[:, 0])
        np.testing.assert_allclose(path.weights[k], theirs.coef_, atol=1e-3 * np.abs(theirs.coef_).max())
        np.testing.assert_allclose(path.predict(Z)[:, k], theirs.predict(Z), atol=1e-4 * y.std())
    assert cross_validate(Z, y).lambda_min > 0


# What is done about a minimiser that is not certain


def test_a_tiny_lambda_is_certain_by_its_distance_from_least_squares(problem):
    X, y = (part.numpy() for part in problem)
    lam = 1e-12
    path = lasso_path(X, y, [lam])
    assert (
        objective(X, y, path.weights[0], path.biases[0], lam)
        - np.linalg.lstsq(np.column_stack([X, np.ones(30)]), y)[1].item() / 30
        <= path.gaps[0] + 1e-14
    )
    module = importlib.import_module("lasso_helpers.lasso_path")
    X_c, y_c = X - X.mean(axis=0), y - y.mean()
    weight = path.weights[0] + 1e-7
    best = np.linalg.lstsq(X_c, y_c)[0]
    by_hand = ((X_c @ (weight[:, None] - best)) ** 2).mean() + lam * np.abs(weight).sum()
    kept, bound = module._certify(X_c, y_c, weight, lam)
    assert kept is weight and bound == pytest.approx(by_hand, rel=1e-9) and 1e-13 < bound < 1e-10 * y.var()


def test_fistas_steps_go_on_from_the_weights_they_are_given(problem, monkeypatch):
    module = importlib.import_module("lasso_helpers.lasso_path")
    X, y = (part.numpy() for part in problem)
    X_c, y_c = X - X.mean(axis=0), y - y.mean()
    weight = lasso_path(X, y, [0.5]).weights[0]
    monkeypatch.setattr(module, "MAX_STEPS_MORE", 0)
    kept, gap = module._certify(X_c, y_c, weight, 0.5)
    np.testing.assert_array_equal(kept, weight)
    assert gap <= 1e-10 * y.var()
    away = weight + 0.1
    share = duality_gap(X, y, away[:, None], y.mean() - X.mean(axis=0) @ away, 0.5) / y.var()
    with pytest.raises(RuntimeError, match=f"the duality gap is {share:.1e} of var"):
        module._certify(X_c, y_c, away, 0.5)


def test_knots_are_given_down_to_the_first_minimiser_that_the_sweep_missed(problem, monkeypatch):
    module = importlib.import_module("lasso_helpers.lasso_path")
    whole = lasso_path(*problem, [0.01])
    assert len(whole.knots) > 2
    missed = whole.knots[2].lambda_coef

    def misses(*arguments):
        path = homotopy(*arguments)
        return path._replace(weights=path.weights * (path.lambda_coefs > missed)[:, None])

    monkeypatch.setattr(module, "homotopy", misses)
    path = lasso_path(*problem, [1.5 * missed, 0.9 * missed])
    assert [knot.lambda_coef > 0.9 * missed for knot in path.knots] == [True] * len(path.knots)
    np.testing.assert_allclose(path.weights[1], lasso_path(*problem, [0.9 * missed]).weights[0], atol=1e-4)


def test_by_default_ten_folds_dealt_by_seed_0(prostate):
    X, y = prostate.exact[:2]
    plain, said = cross_validate(X, y), cross_validate(X, y, folds=10, seed=0)
    np.testing.assert_array_equal(plain.fold_errors, said.fold_errors)


def test_a_fold_that_is_not_certain_is_named(problem, monkeypatch):
    module = importlib.import_module("lasso_helpers.lasso_path")

    def not_certain(*arguments):
        raise RuntimeError("X is hard")

    monkeypatch.setattr(module, "_solve", not_certain)
    with pytest.raises(RuntimeError, match="without the 10 rows of a fold, X is hard"):
        cross_validate(*problem, [0.1], folds=3)


def test_where_no_feature_has_a_say_the_lambdas_must_be_given():
    with pytest.raises(ValueError) as error:
        lasso_path(np.eye(4), np.full((4, 1), 2.0))
    assert str(error.value) == (
        "lambda_coefs must be given where λ_max is 0 (y or every column of X is constant, or none is "
        "correlated with y), got None"
    )


def test_without_a_number_of_folds_few_rows_are_left_out_one_by_one():
    rng = np.random.default_rng(0)
    X, lam = rng.normal(size=(7, 2)), 0.3
    y = X[:, :1] + rng.normal(size=(7, 1))
    errors = []
    for i in range(7):
        others = np.arange(7) != i
        fit = Lasso(alpha=lam / 2, tol=1e-14, max_iter=1_000_000).fit(X[others], y[others, 0])
        errors.append((fit.predict(X[[i]])[0] - y[i, 0]) ** 2)
    found = cross_validate(X, y, [lam])
    assert found.mean[0] == pytest.approx(np.mean(errors), rel=1e-9)
    assert found.se[0] == pytest.approx(np.std(errors, ddof=1) / 7**0.5, rel=1e-9)
