"""Arguments come as lists, arrays, tensors and pandas tables; what cannot be meant is refused by its name."""

import numpy as np
import pandas
import pytest
import torch

import lasso_helpers
from lasso_helpers import Dataset, fista, lasso_path
from lasso_helpers.arguments import as_folds, as_matrix, as_number, as_numbers

RNG = np.random.default_rng(0)
X, NOISE = RNG.standard_normal((20, 3)), RNG.standard_normal((20, 1))
y = X[:, :1] + NOISE

FORMS = {
    "list": (X.tolist(), y.tolist()),
    "reversed twice": (X[::-1].copy()[::-1], y[::-1].copy()[::-1]),
    "column by column": (np.asfortranarray(X), np.asfortranarray(y)),
    "every second of more": (np.repeat(X, 2, axis=0)[::2], np.repeat(y, 2, axis=0)[::2]),
    "read-only": (np.broadcast_to(X, X.shape), np.broadcast_to(y, y.shape)),
    "tensor": (torch.tensor(X), torch.tensor(y)),
    "tensor with a gradient": (torch.tensor(X, requires_grad=True), torch.tensor(y, requires_grad=True)),
    "data frame": (pandas.DataFrame(X, columns=["a", "b", "c"]), pandas.DataFrame(y)),
    "data frame and series": (pandas.DataFrame(X), pandas.Series(y[:, 0], name="label")),
    "reversed data frame": (pandas.DataFrame(X[::-1])[::-1], pandas.Series(y[::-1, 0])[::-1]),
    "longdouble": (X.astype(np.longdouble), y.astype(np.longdouble)),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_numbers_give_the_same_answer_in_every_form(form):
    given_X, given_y = FORMS[form]
    plain, path = lasso_path(X, y, [0.3]), lasso_path(given_X, given_y, [0.3])
    np.testing.assert_allclose(path.weights, plain.weights, rtol=1e-12)
    np.testing.assert_allclose(path.predict(given_X), plain.predict(X), rtol=1e-12)
    np.testing.assert_allclose(fista(given_X, given_y, 0.3).weight, fista(X, y, 0.3).weight, rtol=1e-12)
    assert lasso_helpers.cross_validate(given_X, given_y).lambda_min > 0
    assert lasso_helpers.largest_stable_lr(given_X) == pytest.approx(lasso_helpers.largest_stable_lr(X))
    ridge, _ = lasso_helpers.ridge_closed_form(given_X, given_y, 0.3)
    np.testing.assert_allclose(ridge, lasso_helpers.ridge_closed_form(X, y, 0.3)[0], rtol=1e-12)
    assert lasso_helpers.rmse(given_y, given_y) == 0


def test_whole_numbers_and_truth_values_are_numbers():
    frame = pandas.DataFrame(
        {"a": [1, 2, 3], "b": [True, False, True], "c": pandas.array([4, 5, 6], "Int64")}
    )
    np.testing.assert_array_equal(as_matrix("X", frame), [[1, 1, 4], [2, 0, 5], [3, 1, 6]])
    for kind in (np.uint16, np.int8, bool):
        assert as_matrix("X", np.ones((2, 2), dtype=kind)).dtype == torch.float64


@pytest.mark.parametrize(
    "wrong, words",
    [
        (X + 1j, "X must hold real numbers, got torch.complex128"),
        (torch.ones(20, 3, dtype=torch.complex64), "X must hold real numbers, got torch.complex64"),
        (np.ma.masked_less(X, 0), "X must have no masked numbers, got 28"),
        (pandas.DataFrame({"a": [1.0, np.nan]}), "X must hold finite numbers, got NaN or infinity"),
        (pandas.DataFrame({"a": pandas.array([1, None], "Int64")}), "X must hold finite numbers, got NaN"),
        (
            pandas.DataFrame({"a": [1.0], "league": ["N"]}),
            "X must have columns of real numbers, got 'league' of",
        ),
        (
            pandas.DataFrame({"day": [pandas.Timestamp(2020, 1, 1)]}),
            "of real numbers, got 'day' of dtype datetime",
        ),
        (pandas.DataFrame({"z": [1j]}), "X must have columns of real numbers, got 'z' of dtype complex128"),
        (np.array([["1", "2"]]), "or table of numbers, got array of "),
        (
            np.array([["2020-01-01"]], dtype="M8[D]"),
            "or table of numbers, got array of ",
        ),
        ([[1, 2], [3]], "X must be a tensor, array or table of numbers, got list"),
        (np.array([[1, "a"]], dtype=object), "or table of numbers, got array of "),
        ("text", "X must be a tensor, array or table of numbers, got str"),
        (None, "X must be a tensor, array or table of numbers, got NoneType"),
        (X[:, 0], r"X must be 2-D with rows and columns, got shape \(20,\)"),
        (X[:0], r"X must be 2-D with rows and columns, got shape \(0, 3\)"),
    ],
)
def test_what_is_no_table_of_real_numbers_is_refused(wrong, words):
    for call in (lambda: lasso_path(wrong, y, [0.3]), lambda: lasso_helpers.curvature(wrong)):
        with pytest.raises(ValueError, match=words):
            call()


def test_predict_wants_its_columns():
    for fit in (lasso_path(X, y, [0.3, 0.1]), fista(X, y, 0.3)):
        with pytest.raises(ValueError, match="X must have 3 columns, got 2"):
            fit.predict(X[:, :2])
    np.testing.assert_allclose(fit.predict(X), X @ fit.weight + fit.bias)
    path = lasso_path(X, y, [0.3, 0.1])
    np.testing.assert_allclose(path.predict(X)[:, [1]], X @ path.weights[1][:, None] + path.biases[1])


def test_results_hold_arrays():
    results = [lasso_path(X, y), fista(X, y, 0.3), lasso_helpers.cross_validate(X, y)]
    data = Dataset(X, y, X, y, ["a", "b", "c"], "label")
    results += [lasso_helpers.train_grid(data, [0], [0.1], 2)]
    results += [lasso_helpers.train(lasso_helpers.LassoRegression(3), data, 2)]
    for result in results:
        arrays = [part for part in result if not isinstance(part, (float, list))]
        assert len(arrays) >= 3 and all(isinstance(part, np.ndarray) for part in arrays)


# Dataset


def test_a_dataset_keeps_what_it_was_given_in_float64_and_reads_it_in_float32():
    data = Dataset(
        pandas.DataFrame(X), pandas.Series(y[:, 0]), torch.tensor(X[:5]), y[:5], "a b c".split(), "label"
    )
    assert [part.dtype for part in data[:4]] == [torch.float32] * 4
    assert [part.dtype for part in data.exact[:4]] == [torch.float64] * 4
    np.testing.assert_array_equal(data.exact.X_train, X)
    np.testing.assert_array_equal(data.X_train, X.astype(np.float32))
    assert data.exact.feature_names == data.feature_names == ["a", "b", "c"] and data.exact.label == "label"
    changed = data._replace(y_test=2 * y[:5])
    np.testing.assert_array_equal(changed.exact.X_train, X)
    np.testing.assert_array_equal(changed.exact.y_test, 2 * y[:5])


def test_z_scores_keep_exact_dependence():
    raw = lasso_helpers.load_prostate(standardized=False).exact
    twice = torch.cat([raw.X_train, 2 * raw.X_train[:, :1] + 1], dim=1)
    exact, rounded = (lasso_helpers.zscore(X, X)[0].double() for X in (twice, twice.float()))
    assert torch.linalg.matrix_rank(exact) == 8 and torch.linalg.matrix_rank(rounded) == 9


def test_the_lectures_z_scores_are_ours_to_float32(prostate):
    raw = lasso_helpers.load_prostate(standardized=False)
    theirs = (raw.X_train - raw.X_train.mean(0)) / raw.X_train.std(0)
    assert 0 < (theirs - prostate.X_train).abs().max() < 1e-6


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"y_train": y[:3]}, r"y_train must be \(20, 1\), a row for each of X_train's, got shape \(3, 1\)"),
        ({"y_test": y[:, 0]}, r"y_test must be 2-D .* got shape \(20,\)"),
        ({"X_test": X[:, :2]}, "X_test must have X_train's 3 columns, got 2"),
        ({"X_train": X * np.nan}, "X_train must hold finite numbers"),
        ({"feature_names": ["a"]}, r"feature_names must be 3 different names, for X_train's .*, got \['a'\]"),
        ({"feature_names": ["a", "b", "a"]}, "feature_names must be 3 different names"),
        ({"X_test": X * 1e39}, "must hold numbers that float32 can hold"),
    ],
)
def test_a_dataset_says_what_does_not_fit(changes, words):
    parts = {"X_train": X, "y_train": y, "X_test": X, "y_test": y, "feature_names": list("abc"), "label": "l"}
    with pytest.raises(ValueError, match=words):
        Dataset(**(parts | changes))


# Numbers, counts and folds


@pytest.mark.parametrize("count", [0, -1, 1.0, 2.5, True, "3"])
def test_a_count_is_a_whole_number(count):
    with pytest.raises(ValueError, match="num_iterations must be a whole number ≥ 1, got"):
        fista(X, y, 0.3, num_iterations=count)


def test_the_bounds_of_a_number_are_said():
    with pytest.raises(ValueError, match=r"^lambda_coef must be a finite number ≥ 0, got -1$"):
        fista(X, y, -1)
    with pytest.raises(ValueError, match=r"^lr must be a finite number > 0, got 0$"):
        fista(X, y, 1, lr=0)
    with pytest.raises(ValueError, match=r"^a must be a finite number ≥ 1 > 2, got 1.5$"):
        as_number("a", 1.5, at_least=1, above=2)
    with pytest.raises(ValueError, match=r"^lrs\[1\] must be a finite number > 0, got .*0"):
        as_numbers("lrs", [1, 0], above=0)
    assert as_numbers("a", [1, 2], above=0).tolist() == [1, 2]


def test_two_folds_and_a_fold_for_each_row_are_the_ends():
    assert sorted(np.bincount(as_folds(2, 7, 0))) == [3, 4]
    assert sorted(as_folds(7, 7, 0)) == list(range(7))
    np.testing.assert_array_equal(as_folds(np.array([0, 1, 1], dtype=np.uint8), 3, 0), [0, 1, 1])


def test_names_come_with_the_message():
    for call, name in (
        (lambda: lasso_helpers.curvature("text"), "X"),
        (lambda: lasso_path(X, y, [0.3]).predict("text"), "X"),
        (lambda: fista(X, y, 0.3).predict("text"), "X"),
        (lambda: lasso_helpers.duality_gap(X, y, "text", 0, 1), "weight"),
        (lambda: lasso_helpers.rmse("text", y), "predictions"),
        (lambda: lasso_helpers.rmse(y, "text"), "labels"),
    ):
        with pytest.raises(ValueError, match=f"^{name} must be a tensor, array or table .*, got str$"):
            call()


def test_precision_is_asked_for():
    single = X.astype(np.float32)
    assert as_matrix("X", single).dtype == torch.float32
    assert as_matrix("X", torch.ones(2, 2, dtype=torch.int32)).dtype == torch.float64
    assert lasso_helpers.curvature(single).dtype == torch.float64
    assert lasso_path(single, y.astype(np.float32), [0.3]).predict(single).dtype == np.float64


@pytest.mark.parametrize("wrong", ["1", b"1", 10**400, [1], None])
def test_a_number_is_no_text_and_not_beyond_numbers(wrong):
    with pytest.raises(ValueError, match="lambda_coef must be a finite number ≥ 0, got"):
        fista(X, y, wrong)
    with pytest.raises(ValueError, match="lambda_coefs"):
        lasso_path(X, y, [0.3, wrong])


@pytest.mark.parametrize("seed", [-1, 1.5, "a", None, True])
def test_a_seed_is_a_whole_number(seed):
    data = Dataset(X, y, X, y, ["a", "b", "c"], "label")
    for call in (
        lambda: lasso_helpers.cross_validate(X, y, seed=seed),
        lambda: lasso_helpers.train_grid(data, [1], [0.1], 2, seed=seed),
        lambda: lasso_helpers.explorers.deal_again(data, 2, seed),
    ):
        with pytest.raises(ValueError, match="seed must be a whole number ≥ 0, got"):
            call()


def test_a_list_of_lambda_may_be_a_tensor_with_a_gradient():
    lams = torch.tensor([0.3, 0.1], dtype=torch.float64, requires_grad=True)
    np.testing.assert_array_equal(lasso_path(X, y, lams).weights, lasso_path(X, y, [0.3, 0.1]).weights)


def test_a_dataset_copies_what_it_is_given():
    frame, tensor = pandas.DataFrame(X.copy()), torch.tensor(y)
    data = Dataset(frame, tensor, frame, tensor, frame.columns, "label")
    data.exact.X_train.mul_(0)
    tensor.mul_(0)
    np.testing.assert_array_equal(frame, X)
    np.testing.assert_array_equal(data.exact.y_train, y)
    assert data.feature_names == ["0", "1", "2"]


@pytest.mark.parametrize(
    "part, explore",
    [
        ("y_train", lasso_helpers.explore_learning_curves),
        ("X_train", lasso_helpers.explore_path),
        ("y_train", lasso_helpers.explore_ridge),
        ("y_train", lasso_helpers.explore_zeros),
        ("X_train", lasso_helpers.explore_sign_patterns),
        ("y_train", lambda data: lasso_helpers.explore_geometry(data, ["a", "b"])),
    ],
)
def test_an_explorer_wants_data_that_vary(part, explore):
    data = Dataset(X, y, X, y, ["a", "b", "c"], "label")
    alike = data._replace(**{part: getattr(data, part) * 0 + 3})
    with pytest.raises(ValueError, match=f"data must have rows in {part} that differ, got 20 alike"):
        explore(alike)


def test_train_wants_the_model_itself():
    data = Dataset(X, y, X, y, ["a", "b", "c"], "label")
    for wrong in (None, torch.nn.Linear(3, 1), lasso_helpers.LassoRegression):
        with pytest.raises(ValueError, match="model must be a LassoRegression, got"):
            lasso_helpers.train(wrong, data)
