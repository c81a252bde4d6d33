"""The numbers that notebook 07 tells, from its files by pandas, scikit-learn and plain loops."""

from functools import cache, partial
from typing import NamedTuple

import numpy as np
import pandas
import pytest
import torch
from sklearn.linear_model import Lasso, lars_path

import oracles
import reading
from lasso_helpers.loading.shipped import DATASETS
from reading import FOLDER

LABEL = "body_mass_g"


class Table(NamedTuple):
    """A table whose rows are split by seed 0, z-scored by the rows to train on."""

    X: np.ndarray
    y: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    names: list


class Choice(NamedTuple):
    """What ten folds say of 100 λ, in descending order."""

    lams: np.ndarray
    mean: np.ndarray
    se: np.ndarray
    at_min: int
    at_1se: int

    @property
    def lam(self):
        return self.lams[self.at_1se]


printed = partial(reading.printed, "07_your_turn")


def z_scored(X, rows):
    return (X - X[rows].mean(axis=0)) / X[rows].std(axis=0, ddof=1)


def split(frame, label):
    is_train = np.ones(len(frame), dtype=bool)
    is_train[np.random.default_rng(0).permutation(len(frame))[: round(0.3 * len(frame))]] = False
    features, y = frame.drop(columns=label), frame[label].to_numpy(float)
    Z = z_scored(features.to_numpy(float), is_train)
    return Table(Z[is_train], y[is_train], Z[~is_train], y[~is_train], list(features))


@cache
def diabetes():
    return split(pandas.read_csv(DATASETS / "diabetes.csv"), "progression")


@cache
def penguins(left_out="Adelie"):
    """Categories as columns of 0 and 1; Biscoe and male are left out, and one of the species."""
    frame = pandas.read_csv(FOLDER / "data/penguins.csv").dropna()
    dummies = pandas.get_dummies(frame[["species", "island", "sex"]], prefix_sep="=", dtype=float)
    dummies = dummies.drop(columns=[f"species={left_out}", "island=Biscoe", "sex=male"])
    numbers = frame.drop(columns=["species", "island", "sex"])
    return split(dummies.join(numbers), LABEL)


def chosen_by_folds(X, y, seed=0):
    lams = oracles.lambda_max(X, y) * np.geomspace(1, 1e-3, 100)
    fold, errors = np.random.default_rng(seed).permutation(len(y)) % 10, []
    for k in range(10):
        out = fold == k
        x_bar, y_bar = X[~out].mean(axis=0), y[~out].mean()
        knots, _, at_knots = lars_path(X[~out] - x_bar, y[~out] - y_bar, method="lasso")
        weights = np.array([np.interp(lams / 2, knots[::-1], row[::-1]) for row in at_knots])
        errors.append((((X[out] - x_bar) @ weights + y_bar - y[out, None]) ** 2).mean(axis=0))
    mean, se = np.mean(errors, axis=0), np.std(errors, axis=0, ddof=1) / 10**0.5
    within = mean <= mean[mean.argmin()] + se[mean.argmin()]
    return Choice(lams, mean, se, int(mean.argmin()), int(within.argmax()))


def kept(table, lam):
    return [name for name, w in zip(table.names, oracles.lasso(table.X, table.y, lam)[0]) if w]


def squares(table, lam):
    w, b = oracles.lasso(table.X, table.y, lam)
    return (table.X_test @ w + b - table.y_test) ** 2


def mean_and_se(values):
    return values.mean(), values.std(ddof=1) / len(values) ** 0.5


# The recipe, copied


def test_the_same_lambda_on_two_data_sets():
    text = printed("copied-lambda")
    for name, table in (("prostate", oracles.prostate_as_raw()), ("diabetes", diabetes())):
        share = 1 / oracles.lambda_max(table.X, table.y)
        says = f"{name}: λ = 1 is {share:.1%} of λ_max, keeps {len(kept(table, 1))} of {len(table.names)}"
        assert says in text
    assert "57.3%" in text and "1.1%" in text and "keeps 9 of 10" in text and "keeps 1 of 8" in text


def test_half_of_the_features_take_a_much_larger_lambda():
    assert len(kept(diabetes(), 10)) > 5 >= len(kept(diabetes(), 12))


def lecture_loop(table, b=None):
    """The weights and the train RMSE after each of 250 steps at λ = 1, α = 0.01."""
    torch.manual_seed(0)
    w = torch.randn(10, 1).numpy()[:, 0].astype(float)
    b, walked, rmse = torch.randn(1).item() if b is None else b, [], []
    for _ in range(250):
        r = table.X @ w + b - table.y
        w = w - 0.01 * (2 / len(r) * table.X.T @ r + np.sign(w))
        b = b - 0.01 * 2 * r.mean()
        walked.append(w)
        rmse.append(oracles.mse(table.X, table.y, w, b) ** 0.5)
    return np.array(walked), rmse


def test_the_intercepts_start_inflates_the_first_rmse_and_no_weight_notices():
    table = diabetes()
    (weights, rmse), (others, rmse_from_mean) = lecture_loop(table), lecture_loop(table, table.y.mean())
    text = printed("copied-loop")
    assert f"intercept near 0: first train RMSE {rmse[0]:.1f}" in text
    assert f"intercept at ȳ: first train RMSE {rmse_from_mean[0]:.1f}" in text
    assert np.abs(weights - others).max() < 1e-10 and "at any step: 0.0000" in text
    assert rmse_from_mean[0] == pytest.approx(table.y.std(), rel=0.02)  # guessing the mean
    assert table.y.mean() ** 2 > 0.8 * rmse[0] ** 2  # what it mostly comes from
    assert f"std {table.y.std(ddof=1):.1f}" in printed("set-up") and table.y.std() < table.y.std(ddof=1)


def test_what_250_steps_leave_of_the_flattest_direction():
    left = [(1 - 0.01 * oracles.eigenvalues(t.X)[-1]) ** 250 for t in (diabetes(), oracles.prostate_as_raw())]
    assert f"{left[0]:.0%} of that direction is left" in printed("slowest") and f"{left[1]:.0%}" == "42%"
    spread = oracles.eigenvalues(diabetes().X)
    assert f"2/h = {2 / spread[0]:.3f}; smallest curvature {spread[-1]:.3f}" in printed("slowest")


# From λ_max to a choice


def test_the_choice_on_the_diabetes_patients():
    table, text = diabetes(), printed("go-on-chosen")
    choice = chosen_by_folds(table.X, table.y)
    w, _ = oracles.lasso(table.X, table.y, choice.lam)
    assert f"{choice.lam / choice.lams[0]:.0%} of λ_max" in text
    assert "in:  " + ", ".join(f"{n} {v:.2f}" for n, v in zip(table.names, w) if v) in text
    assert "out: " + ", ".join(n for n, v in zip(table.names, w) if not v) in text


def test_the_test_patients_cannot_tell_the_lasso_from_least_squares():
    table, text = diabetes(), printed("test-once")
    ours, least = squares(table, chosen_by_folds(table.X, table.y).lam), squares(table, 0)
    for name, part in (("the lasso", ours), ("least squares", least), ("the gain", least - ours)):
        mean, se = mean_and_se(part)
        assert f"{name:13} {mean:.0f} ± {se:.0f}" in text
    assert abs(mean) < se


# A table of your own


def test_the_most_frequent_values_are_those_without_a_column():
    frame = pandas.read_csv(FOLDER / "data/penguins.csv")
    for column, reference in {"species": "Adelie", "island": "Biscoe", "sex": "male"}.items():
        assert frame[column].mode().item() == reference
    assert f"{len(frame) - len(frame.dropna())} of {len(frame)} rows left out" in printed("report-numbers")


def test_the_reports_table_is_the_files():
    frame = pandas.read_csv(FOLDER / "data/penguins.csv").dropna()
    lines = {line.split()[0]: line.split()[1:] for line in printed("own-load").splitlines() if line[:1] > " "}
    for name in ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", LABEL):
        ends = float(lines[name][-2]), float(lines[name][-1])
        assert len(lines[name]) == 7 and ends == (frame[name].min(), frame[name].max())


def test_the_recipe_on_the_penguins():
    table = penguins()
    choice, text = chosen_by_folds(table.X, table.y), printed("own-choice")
    assert f"chosen λ = {choice.lam:.3g}, {choice.lam / choice.lams[0]:.1%} of λ_max" in text
    assert text.split(":\n")[1].split() == sorted(kept(table, choice.lam), key=text.index)
    ours, least = squares(table, choice.lam), squares(table, 0)
    named = {"chosen λ": ours, "least squares": least, "the gain": least - ours}
    for name, (mean, se) in ((name, mean_and_se(part)) for name, part in named.items()):
        assert f"{name:16} {mean:,.0f} ± {se:,.0f}" in printed("own-test")
    guess = np.mean((table.y_test - table.y.mean()) ** 2)
    assert f"{'guess the mean':16} {guess:,.0f}" in printed("own-test")


def test_how_many_lists_come_of_twenty_samples_of_the_rows():
    table, rng = penguins(), np.random.default_rng(0)
    m, lists = len(table.y), []
    X, y = np.vstack([table.X, table.X_test]), np.hstack([table.y, table.y_test])
    for draw in range(20):
        rows = rng.permutation(len(y))[:m] if draw else np.arange(m)
        some = table._replace(X=z_scored(X, rows)[rows], y=y[rows])
        lists.append(frozenset(kept(some, chosen_by_folds(some.X, some.y).lam)))
    text = printed("own-deals")
    assert f"{len(set(lists))} different lists, ours {lists.count(lists[0])} times" in text
    assert "always in: " + ", ".join(sorted(frozenset.intersection(*lists))) in text


def test_more_rows_lower_the_error_of_the_recipe():
    table, rng = penguins(), np.random.default_rng(0)
    m = len(table.y)
    for size in (20, 40, 80, 160, m):
        draws = [rng.permutation(m)[:size] for _ in range(30)]
        found = (chosen_by_folds(table.X[rows], table.y[rows], seed) for seed, rows in enumerate(draws))
        rmse = np.mean([choice.mean[choice.at_1se] ** 0.5 for choice in found])
        assert f"{rmse:.4g} with {size}" in printed("more-rows")


# Half of a category, and a rare value


def test_with_another_reference_another_list():
    lines = dict(line.split(": ", 1) for line in printed("group").splitlines()[1:])
    count, ends = {}, {}
    for left_out in ("Adelie", "Chinstrap", "Gentoo"):
        table = penguins(left_out)
        choice = chosen_by_folds(table.X, table.y)
        names = kept(table, choice.lam)
        mean, se = choice.mean[choice.at_1se], choice.se[choice.at_1se]
        count[left_out], ends[left_out] = len(names), (mean - se, mean + se)
        listed = lines[left_out].removeprefix(f"{mean:.0f} ± {se:.0f}, keeps ").split(", ")
        assert set(listed) == {name.removeprefix("species=") for name in names}
    assert count == {"Adelie": 3, "Chinstrap": 3, "Gentoo": 8}
    (low, high), (other_low, other_high) = ends["Adelie"], ends["Gentoo"]
    assert low < (other_low + other_high) / 2 < high and other_low < (low + high) / 2 < other_high


@pytest.mark.parametrize("ones", [500, 200, 50])
def test_a_column_of_ones_and_zeros_enters_where_the_formula_says(ones):
    flag = np.repeat([1.0, 0.0], [ones, 1000 - ones])
    p, z = ones / 1000, z_scored(flag, slice(None))
    formula = 2 * 500 * (p * (1 - p)) ** 0.5
    just_below, just_above = (
        Lasso(alpha=share * formula / 2, tol=1e-9).fit(z[:, None], 500 * flag).coef_[0]
        for share in (0.998, 1.001)
    )
    assert just_below > 0 == just_above
    says = f"p = {p:.0%}, δ = 500 g: enters at λ = {formula:.0f}, by the formula {formula:.0f}"
    assert says in printed("rare-value")
    assert z.max() - z.min() == pytest.approx(1 / (p * (1 - p)) ** 0.5, rel=1e-3)


# When there is nothing


def test_of_a_hundred_tables_of_noise():
    rng, with_1se, with_min, fresh = np.random.default_rng(0), [], [], []
    for _ in range(100):
        X, y = rng.standard_normal((60, 30)), rng.standard_normal((60, 1))[:, 0]
        X_new, y_new = rng.standard_normal((1000, 30)), rng.standard_normal((1000, 1))[:, 0]
        Z = z_scored(np.vstack([X, X_new]), slice(60))
        choice = chosen_by_folds(Z[:60], y)
        with_1se.append(choice.at_1se > 0)  # at λ_max itself nothing is kept
        if choice.at_min > 0:
            w, b = oracles.lasso(Z[:60], y, choice.lams[choice.at_min])
            with_min.append((w != 0).sum())
            fresh.append(oracles.mse(Z[60:], y_new, w, b) / np.mean((y_new - y.mean()) ** 2))
    text = printed("noise-tables")
    assert f"nothing is kept in {100 - sum(with_1se)} of 100" in text and sum(with_1se) == 3
    assert f"something in {len(with_min)}, {np.mean(with_min):.1f} columns on average" in text
    assert f"with {np.mean(fresh):.2f} times the MSE of guessing" in text and len(with_min) == 50
