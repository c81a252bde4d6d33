"""What notebook 06 says of λ_min, λ_1se and the sets they choose: by scikit-learn's LARS, which follows the
path from knot to knot, by its Lasso, by loops over all sign patterns, and by the digits of ESL."""

import itertools
from functools import partial
from typing import NamedTuple

import numpy as np
import pytest
from sklearn.linear_model import Lasso, lars_path

import lasso_helpers
import oracles
import reading
from lasso_helpers.loading.shipped import DATASETS

printed = partial(reading.printed, "06_lasso_path")


@pytest.fixture(scope="module")
def raw():
    return oracles.prostate_as_raw()


class Choice(NamedTuple):
    """Of F folds."""

    lambda_coefs: np.ndarray  # (K,)
    errors: np.ndarray  # (F, K)
    lowest: float
    lambda_min: float
    lambda_1se: float


def weights_at(X, y, lambda_coefs):
    """Weights (K, n) and intercepts (K,): between two knots of LARS every weight is a straight line."""
    mean, least = X.mean(axis=0), lambda_coefs.min() / 2
    knots, _, at_knots = lars_path(X - mean, y - y.mean(), method="lasso", alpha_min=least)
    by_feature = [np.interp(lambda_coefs / 2, knots[::-1], line[::-1]) for line in at_knots]
    return np.transpose(by_feature), y.mean() - mean @ by_feature


def chosen_by(fold_of_row, X, y, lambda_coefs):
    errors = []
    for fold in range(10):
        out = fold_of_row == fold
        weights, intercepts = weights_at(X[~out], y[~out], lambda_coefs)
        errors.append(((X[out] @ weights.T + intercepts - y[out, None]) ** 2).mean(axis=0))
    errors = np.array(errors)
    mean = errors.mean(axis=0)
    best = mean.argmin()
    limit = mean[best] + errors[:, best].std(ddof=1) / 10**0.5
    return Choice(lambda_coefs, errors, mean[best], lambda_coefs[best], lambda_coefs[mean <= limit].max())


def shuffled_folds(m, seed):
    """As the docstring of `cross_validate` has it: row i is in fold pᵢ mod 10, p a permutation."""
    return np.random.default_rng(seed).permutation(m) % 10


@pytest.fixture(scope="module")
def lambda_coefs(raw):
    return oracles.lambda_max(raw.X, raw.y) * np.logspace(0, -3, 100)


@pytest.fixture(scope="module")
def shuffled(raw, lambda_coefs):
    """The choices of 60 seeds."""
    return [chosen_by(shuffled_folds(67, seed), raw.X, raw.y, lambda_coefs) for seed in range(60)]


@pytest.fixture(scope="module")
def unshuffled(raw, lambda_coefs):
    return chosen_by(np.sort(shuffled_folds(67, 0)), raw.X, raw.y, lambda_coefs)


def test_lars_between_its_knots_is_scikit_learns_lasso(raw):
    for lam in (0.9, 0.415, 0.1, 0.005):
        weights, intercepts = weights_at(raw.X, raw.y, np.array([lam]))
        w, b = oracles.lasso(raw.X, raw.y, lam)
        np.testing.assert_allclose(weights[0], w, atol=1e-6)
        assert intercepts[0] == pytest.approx(b) and ((weights[0] != 0) == (w != 0)).all()


@pytest.mark.parametrize("seed", [0, 17])
def test_the_packages_folds_are_those_of_its_docstring(seed, raw, shuffled, lambda_coefs):
    ours = lasso_helpers.cross_validate(raw.X, raw.y[:, None], lambda_coefs, seed=seed)
    np.testing.assert_allclose(ours.fold_errors, shuffled[seed].errors, rtol=1e-6)
    assert ours.lambda_min == shuffled[seed].lambda_min and ours.lambda_1se == shuffled[seed].lambda_1se


def knots_of(X, y, names):
    """(name, enters?, λ) from LARS, from λ_max down."""
    alphas, _, at_knots = lars_path(X - X.mean(axis=0), y - y.mean(), method="lasso")
    before = np.full(len(names), False)
    for alpha, left, right in zip(alphas, at_knots.T, at_knots.T[1:]):
        after = np.abs(left + right) > 1e-9  # in on the stretch below this knot
        yield from ((names[j], bool(after[j]), 2 * alpha) for j in np.flatnonzero(before != after))
        before = after


def test_the_order_of_entry_is_that_of_lars(raw):
    lines = [
        f"{name:8} {'enters' if enters else 'leaves'} at λ = {lam:.3f}"
        for name, enters, lam in knots_of(raw.X, raw.y, raw.names)
    ]
    assert printed("entry").splitlines() == lines and len(lines) == 8


def test_on_the_diabetes_patients_s3_leaves_and_returns_with_the_other_sign():
    table = np.genfromtxt(DATASETS / "diabetes.csv", delimiter=",", names=True)
    names = list(table.dtype.names[:10])
    X = np.column_stack([table[name] for name in names])
    Z, y, s3 = (X - X.mean(axis=0)) / X.std(axis=0, ddof=1), table[table.dtype.names[10]], names.index("s3")
    text, weights = printed("s3-leaves"), []
    for lam in (0.5, 0.22, 0.2, 0.13, 0.1):
        weights.append(oracles.lasso(Z, y, lam)[0][s3] + 0.0)  # no −0.00
        assert f"λ = {lam:4}: {weights[-1]:6.2f}" in text
    assert weights[0] < 0 == weights[2] == weights[3] < weights[4]
    turns = [f"{('out', 'in')[on]} at {lam:.3f}" for name, on, lam in knots_of(Z, y, names) if name == "s3"]
    assert f"it is {', '.join(turns)}\n" in text and len(turns) == 3


def test_the_choice_of_the_first_folds(raw, shuffled):
    one = shuffled[0]
    best = one.errors.mean(axis=0).argmin()
    se = one.errors[:, best].std(ddof=1) / 10**0.5
    assert f"lowest mean {one.lowest:.3f}, its SE {se:.3f}" in printed("all-folds")
    first, count = one.errors[0], (shuffled_folds(67, 0) == 0).sum()
    said = f"fold 0, {count} men: MSE at λ_max {first[0]:.2f}, lowest {first.min():.2f}"
    assert said in printed("one-fold")
    for name, lam in (("λ_min", one.lambda_min), ("λ_1se", one.lambda_1se)):
        kept = list(itertools.compress(raw.names, oracles.lasso(raw.X, raw.y, lam)[0]))
        assert f"{name} = {lam:.4f} keeps {len(kept)}: {', '.join(kept)}\n" in printed("two-choices")


def test_the_cv_curve_is_flat_below_a_fifth(shuffled):
    one = shuffled[0]
    mean = one.errors.mean(axis=0)
    flat, rise = mean[one.lambda_coefs < 0.2], mean[one.lambda_coefs == one.lambda_1se].item()
    said = f"{flat.min():.3f} to {flat.max():.3f} below λ = 0.2, {rise:.3f} at λ_1se"
    assert said in printed("cv-picture")


def test_the_folds_in_the_order_of_the_file_have_a_larger_error_than_any_shuffled_ones(shuffled, unshuffled):
    lowest, text = [one.lowest for one in shuffled], printed("sorted-folds")
    assert f"lowest mean {min(lowest):.3f} to {max(lowest):.3f}" in text
    assert f"in the file's order: {unshuffled.lowest:.3f}" in text
    assert unshuffled.lowest > 1.1 * max(lowest)


def test_their_lambdas_say_nothing_of_the_order(shuffled, unshuffled):
    for name in ("lambda_min", "lambda_1se"):
        values = [getattr(one, name) for one in shuffled]
        assert min(values) < getattr(unshuffled, name) < max(values)


@pytest.mark.parametrize("name", ["lambda_min", "lambda_1se"])
def test_where_60_seeds_put_the_lambdas_and_which_sets_they_keep(name, raw, shuffled):
    values = np.array([getattr(one, name) for one in shuffled])
    part = printed("sixty-seeds").split(name)[1].split("lambda")[0]
    low, high, sd = values.min(), values.max(), values.std(ddof=1)
    assert part.startswith(f": {low:.4f} to {high:.4f}, ×{high / low:.0f}, sd {sd:.3f}")
    kept = weights_at(raw.X, raw.y, values)[0] != 0
    sets, counts = np.unique(kept, axis=0, return_counts=True)
    expected = {
        f"{count} times {one.sum()} features: {', '.join(itertools.compress(raw.names, one))}"
        for one, count in zip(sets, counts)
    }
    assert {line.strip() for line in part.splitlines()[1:]} == expected


def test_which_lambda_is_steadier_depends_on_the_ruler(shuffled):
    both = np.array([[one.lambda_min, one.lambda_1se] for one in shuffled])
    by_ratio, by_sd = both.max(axis=0) / both.min(axis=0), both.std(axis=0)
    assert by_ratio[0] > 10 * by_ratio[1] and by_sd[1] > 2 * by_sd[0]


def test_z_scores_inside_the_folds_change_the_error_by_as_much_as_printed(raw, shuffled, lambda_coefs):
    fold_of_row, errors = shuffled_folds(67, 0), []
    for fold in range(10):
        out = fold_of_row == fold
        mean, sd = raw.X[~out].mean(axis=0), raw.X[~out].std(axis=0, ddof=1)
        weights, intercepts = weights_at((raw.X[~out] - mean) / sd, raw.y[~out], lambda_coefs)
        squares = ((raw.X[out] - mean) / sd @ weights.T + intercepts - raw.y[out, None]) ** 2
        errors.append(squares.mean(axis=0))
    off = np.abs(np.mean(errors, axis=0) / shuffled[0].errors.mean(axis=0) - 1).max()
    assert f"at most {off:.1%} different" in printed("scaled-inside-the-fold")


def test_on_the_test_men_the_choice_gains_as_much_as_its_own_standard_error(raw, shuffled):
    text, squares = printed("test-once"), []
    for name, lam in (("λ_1se        ", shuffled[0].lambda_1se), ("least squares", 0)):
        w, b = oracles.lasso(raw.X, raw.y, lam)
        squares.append((raw.X_test @ w + b - raw.y_test) ** 2)
        assert f"{name} {(w != 0).sum()} features, test MSE {squares[-1].mean():.3f}" in text
    gain = squares[1] - squares[0]
    se = gain.std(ddof=1) / 30**0.5
    assert f"difference {gain.mean():.3f} ± {se:.3f}" in text and 0 < gain.mean() < 2 * se


def test_the_bootstrap_gives_as_many_sets_and_each_feature_as_often(raw):
    rng, kept = np.random.default_rng(0), []
    for _ in range(200):
        rows = rng.integers(67, size=67)
        kept.append(oracles.lasso(raw.X[rows], raw.y[rows], 0.415)[0] != 0)
    sets = [frozenset(itertools.compress(raw.names, one)) for one in kept]
    times, text = sets.count({"lcavol", "lweight", "svi", "lbph"}), printed("bootstrap")
    assert f"{len(set(sets))} sets; the four: {times} times of 200" in text and times < 50
    shares = [f"{name} {share:.0%}" for name, share in zip(raw.names, np.mean(kept, axis=0))]
    assert ", ".join(shares) in text
    assert np.flatnonzero(np.all(kept, axis=0)).tolist() == [0]  # only lcavol is in all


# The Elements of Statistical Learning, Table 3.3, lasso: the intercept, the weights, the test error, its SE
ESL = [2.468, 0.533, 0.169, 0, 0.002, 0.094, 0, 0, 0]
ESL_ERROR, ESL_SE = 0.479, 0.164


def test_the_books_digits_hold_from_the_first_to_the_last_printed_lambda():
    table = np.genfromtxt(DATASETS / "prostate.csv", delimiter=",", names=True)
    X, train = np.column_stack([table[name] for name in table.dtype.names[:8]]), table["train"] == 1
    sd, y = X[train].std(axis=0, ddof=1), table["lpsa"]
    Z = (X - X[train].mean(axis=0)) / sd
    length = np.abs(oracles.lasso(Z[train], y[train], 0)[0] * X.std(axis=0, ddof=1) / sd).sum()
    expected = []
    for lam in np.arange(4100, 4200) / 10_000:
        w, b = oracles.lasso(Z[train], y[train], lam)
        book = w * X.std(axis=0, ddof=1) / sd  # as if the columns had been scaled on all 97
        if np.round([b + w @ Z.mean(axis=0), *book], 3).tolist() == ESL:
            squares = (Z[~train] @ w + b - y[~train]) ** 2
            assert squares.mean().round(3) == ESL_ERROR
            assert (squares.std(ddof=1) / 30**0.5).round(3) == ESL_SE
            expected.append(f"{lam:.4f}   {np.abs(book).sum() / length:.3f}   {ESL_ERROR}")
    assert printed("books-lasso-column").splitlines()[1:] == expected and len(expected) > 1


NONE = 0.001 / 4  # where the oracle draws a pattern without a violation


def best_two(raw, lambda_coefs):
    """By how much the best of all sign patterns violates KKT, and the next one: two (K,)."""
    at = oracles.sign_patterns(raw, (list(lambda_coefs),))
    heights = [np.array(at(lam)[0]["0 black chain"][1])[:2] for lam in lambda_coefs]
    return np.transpose(heights)


@pytest.mark.parametrize("lam", [0.5, 0.9])
def test_one_pattern_fulfils_kkt_and_the_second_is_off_by_as_much_as_printed(lam, raw):
    (first,), (second,) = best_two(raw, [lam])
    assert first == NONE
    assert f"λ = {lam:g}: best fulfils KKT: True, second off by {second:.3f}" in printed("use-patterns")


def test_the_second_best_pattern_comes_close_just_below_a_knot(raw):
    """There the pattern that has just been left is off by about as much as λ is below the knot. Above it the
    pattern to come is no second best: its new weight has the wrong sign."""
    knots = 2 * lars_path(raw.X - raw.X.mean(axis=0), raw.y - raw.y.mean(), method="lasso")[0][:-1]
    assert len(knots) == 8 and knots[1] == pytest.approx(0.901, abs=5e-4)  # 0.9 lies just below
    firsts, seconds = best_two(raw, knots[1:] - 1e-4)
    assert (firsts == NONE).all() and (seconds < 3e-4).all()
    assert (best_two(raw, knots[1:] + 1e-4)[1] > 50 * seconds).all()
    wide = knots[:-1] > 1.1 * knots[1:]
    firsts, seconds = best_two(raw, np.sqrt(knots[:-1] * knots[1:])[wide])
    assert (firsts == NONE).all() and (seconds > 0.02).all() and wide.sum() == 6


def test_with_more_features_than_rows():
    rng, kept, errors = np.random.default_rng(0), [], []
    for _ in range(50):
        X = rng.standard_normal((1040, 120))
        y = X[:, :5].sum(axis=1) + rng.standard_normal((1040, 1))[:, 0]
        X, y, X_new, y_new = X[:40], y[:40], X[40:], y[40:]
        candidates = oracles.lambda_max(X, y) * np.logspace(0, -1.3, 40)
        lam = chosen_by(shuffled_folds(40, 0), X, y, candidates).lambda_1se
        model = Lasso(alpha=lam / 2, tol=1e-8, max_iter=100_000).fit(X, y)
        kept.append(model.coef_ != 0)
        shortest = np.linalg.pinv(X - X.mean(axis=0)) @ (y - y.mean())
        own, new = ((A - X.mean(axis=0)) @ shortest + y.mean() - b for A, b in ((X, y), (X_new, y_new)))
        assert np.mean(own**2) < 1e-20
        missed = (model.predict(X_new) - y_new, y.mean() - y_new, new)
        errors.append([np.mean(part**2) for part in missed])
    found, others = np.array(kept)[:, :5].sum(axis=1), np.array(kept)[:, 5:].sum(axis=1)
    text = printed("wide-draws")
    assert f"all five are in {np.sum(found == 5)} of 50, {found.mean():.1f} on average" in text
    assert f"others with them: {others.mean():.1f} on average" in text
    assert f"the five alone: in {np.sum((found == 5) & (others == 0))} of 50" in text
    assert np.sum((found == 5) & (others > 0)) > 25  # the prediction's "in most"
    lasso, guess, shortest = np.mean(errors, axis=0)
    assert f"lasso {lasso:.2f}, guessing the mean {guess:.2f}" in text
    assert f"shortest perfect fit (own MSE below 1e-20: True): {shortest:.2f}" in text
