"""Tables as readers bring them: 07's recipe and every explorer run on each, and choose as scikit-learn."""

import numpy as np
import pandas
import pytest
from sklearn.linear_model import lasso_path as theirs

import lasso_helpers
from lasso_helpers.arguments import as_folds


def table(rows, columns, seed=0, noise=1.0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((rows, columns)) + rng.standard_normal((rows, 1))
    y = X[:, 0] - X[:, -1] + noise * rng.standard_normal(rows)
    return pandas.DataFrame(X, columns=[f"x{j}" for j in range(columns)]).assign(y=y)


def with_category(counts, seed=0):
    frame = table(sum(counts.values()), 3, seed)
    kinds = np.repeat(list(counts), list(counts.values()))
    return frame.assign(kind=np.random.default_rng(seed).permutation(kinds))


def of_ones(frame):
    """A column for each value of a category: they add up to one."""
    return frame.drop(columns="kind").join(pandas.get_dummies(frame["kind"], dtype=float))


TABLES = {
    "more columns than rows": table(30, 60),
    "five rows": table(5, 2),
    "one column": table(40, 1).assign(y=lambda frame: frame["x0"] ** 2 + 0.1 * frame.index),
    "a label of 0 and 1": table(60, 5).assign(y=lambda frame: (frame["y"] > 0).astype(int)),
    "noise alone": table(60, 20).assign(y=np.random.default_rng(5).standard_normal(60)),
    "a value in three rows": with_category({"often": 60, "seldom": 37, "rare": 3}),
    "a column for each value": of_ones(with_category({"a": 30, "b": 30, "c": 30})),
    "a copy kept": table(50, 3).assign(twin=lambda frame: 2 * frame["x1"] + 1),
    "dollars": table(60, 5).assign(y=lambda frame: 1e6 * frame["y"] + 5e6),
    "a tiny label": table(60, 5).assign(y=lambda frame: 1e-5 * frame["y"]),
    "thirty long names": table(80, 30).rename(
        columns=lambda name: name if name == "y" else f"a_long_name_{name}_per_$"
    ),
}
EXPLORERS = {
    "learning curves": lasso_helpers.explore_learning_curves,
    "path": lambda data: lasso_helpers.explore_path(data, resamples=3),
    "zeros": lasso_helpers.explore_zeros,
    "ridge": lasso_helpers.explore_ridge,
}


@pytest.fixture(params=TABLES)
def own(request):
    return lasso_helpers.from_frame(
        TABLES[request.param], "y", categories="dummies", keep=("twin",) * ("copy" in request.param)
    )


def test_the_recipe_is_scikit_learns(own):
    X, y = (part.numpy() for part in own.exact[:2])
    cv = lasso_helpers.cross_validate(X, y)
    fold_of_row, errors = as_folds(None, len(X), 0), []
    for fold in np.unique(fold_of_row):
        held = fold_of_row == fold
        mean, y_mean = X[~held].mean(axis=0), y[~held].mean()
        form = {"alphas": cv.lambda_coefs / 2, "tol": 1e-14, "max_iter": 1_000_000}
        _, weights, _ = theirs(X[~held] - mean, y[~held, 0] - y_mean, **form)
        errors.append((((X[held] - mean) @ weights + y_mean - y[held]) ** 2).mean(axis=0))
    np.testing.assert_allclose(cv.mean, np.mean(errors, axis=0), rtol=1e-6)
    X_c = X - X.mean(axis=0)
    _, weights, _ = theirs(X_c, y[:, 0] - y.mean(), alphas=[cv.lambda_1se / 2], tol=1e-14, max_iter=1_000_000)
    ours = lasso_helpers.lasso_path(X, y, [cv.lambda_1se, 0]).weights[0]
    assert np.abs(X_c @ (ours - weights[:, 0])).max() <= 1e-6 * y.std()


@pytest.mark.parametrize("explore", EXPLORERS)
def test_every_explorer_draws_it(own, explore, recwarn):
    live = EXPLORERS[explore](own)
    for at in [live.stops, *(tuple(stop) for _, stop in live.content["presets"])]:
        assert live.snapshot(*at).startswith(b"\x89PNG") and "nan" not in live._sentence(tuple(at))
    live.close()
    assert [str(warning.message) for warning in recwarn] == []
