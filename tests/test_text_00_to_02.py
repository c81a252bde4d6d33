"""Numbers that the prose of 00, 01 and 02 stands on, each against a value from outside the notebook: a closed
form, scikit-learn or plain NumPy."""

import re

import nbformat
import numpy as np
import pytest
from sklearn.linear_model import Lasso, LinearRegression, Ridge

import lasso_helpers
import reading
from reading import FOLDER

NAMES = {"00": "00_start_here", "01": "01_ridge_closed_form", "02": "02_l1_penalty"}
STEMS = [*NAMES.values(), "03_gradient_descent", "08_same_in_tensorflow"]
WORDS = dict(zip(STEMS, (1300, 1460, 1430, 1120, 300)))
DECIMAL = r"-?\d+(?:\.\d+)?"


def cell(number, name):
    return reading.cell(NAMES[number], name)


def output(number, name):
    return reading.output_text([cell(number, name)])


def printed(number, name, start=""):
    """The numbers of the lines of an output that begin so."""
    lines = [line for line in output(number, name).splitlines() if line.strip().startswith(start)]
    return [[float(found) for found in re.findall(DECIMAL, line[len(start) :])] for line in lines]


def men():
    """Training and test men as arrays: X, y, X_test, y_test, z-scored by the training men."""
    exact = lasso_helpers.load_prostate().exact
    return (
        exact.X_train.numpy(),
        exact.y_train.numpy()[:, 0],
        exact.X_test.numpy(),
        exact.y_test.numpy()[:, 0],
    )


def raw_men():
    exact = lasso_helpers.load_prostate(standardized=False).exact
    return (
        exact.X_train.numpy(),
        exact.y_train.numpy()[:, 0],
        exact.X_test.numpy(),
        exact.y_test.numpy()[:, 0],
    )


def patients():
    data = lasso_helpers.load_diabetes(standardized=False)
    X = np.vstack([data.exact.X_train.numpy(), data.exact.X_test.numpy()])
    y = np.concatenate([data.exact.y_train.numpy(), data.exact.y_test.numpy()])[:, 0]
    return (X - X.mean(0)) / X.std(0, ddof=1), y, data.feature_names


def lasso(X, y, lam):
    return Lasso(alpha=lam / 2, tol=1e-12, max_iter=1_000_000).fit(X, y)


def words_of(stem):
    cells = nbformat.read(FOLDER / f"{stem}.ipynb", as_version=4).cells
    return sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")


@pytest.mark.parametrize("stem", STEMS)
def test_a_notebook_keeps_to_its_words(stem):
    assert words_of(stem) <= WORDS[stem]


def test_00_to_03_keep_to_their_words_in_all():
    assert sum(map(words_of, STEMS[:4])) <= 5290


def test_00_asks_nothing_but_lists_loops_and_functions_before_its_exercise():
    cells = nbformat.read(FOLDER / f"{NAMES['00']}.ipynb", as_version=4).cells
    end = [cell.id for cell in cells].index("exercise-zscore-test")
    before = "\n".join(cell.source for cell in cells[:end])
    assert not re.search(r"yield|lambda |Hessian|eigenvalue|AdamW|glmnet|scikit", before)
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert not re.search(r"yield|lambda [A-Za-z]+:", code)


def test_00_sends_on_to_the_title_of_01():
    title = nbformat.read(FOLDER / f"{NAMES['01']}.ipynb", as_version=4).cells[0].source.splitlines()[0]
    assert f"[{title[2:]}]" in cell("00", "recap").source


def test_a_share_is_dropped_where_the_percentage_stays():
    X, y, *_ = men()
    raw = raw_men()[0]
    kept = []
    for unit in (1, 0.01):
        other = np.column_stack([X[:, :7], unit * raw[:, 7]])
        kept.append(bool(lasso(other, y, 0.3).coef_[7]))
    assert kept == [True, False]
    lines = output("00", "penalty-and-units").splitlines()
    assert ["pgg45'" in line for line in lines] == [True, True, False]


def test_2_h_as_printed_is_2_over_the_largest_eigenvalue():
    for name, (X, *_) in (("raw", raw_men()), ("z-scored", men())):
        ones = np.column_stack([X, np.ones(len(X))])
        h = 2 / len(X) * np.linalg.norm(ones, 2) ** 2
        ((*_, limit),) = printed("00", "largest-lr", name)
        assert limit == pytest.approx(2 / h, rel=3e-3) and limit <= 2 / h * 1.001


def test_descent_on_raw_columns_passes_26000():
    X, y, *_ = raw_men()
    with_ones, w, errors = np.column_stack([X, np.ones(len(X))]), np.zeros(9), []
    for _ in range(3):
        residual = with_ones @ w - y
        errors.append(np.sqrt((residual**2).mean()))
        w = w - 0.01 * 2 / len(X) * with_ones.T @ residual
    assert errors[2] > 26_000 and errors[0] == pytest.approx(2.7, abs=0.05)
    assert f"{errors[2]:,.1f}" in output("00", "raw-descent")


# 01


def test_01_begins_with_ridges_question():
    cells = nbformat.read(FOLDER / f"{NAMES['01']}.ipynb", as_version=4).cells
    first = next(cell.source for cell in cells if cell.source.startswith("## "))
    assert first.startswith("## Ridge's question") and "VIF" not in "".join(cell.source for cell in cells)


def test_both_objectives_are_convex_between_any_two_weights():
    X, y, *_ = men()
    rng = np.random.default_rng(0)
    X_c, y_c = X - X.mean(0), y - y.mean()
    for power in (1, 2):

        def objective(w, power=power):
            return ((X_c @ w - y_c) ** 2).mean() + 2 * (abs(w) ** power).sum()

        for _ in range(200):
            one, other, s = 3 * rng.standard_normal(8), 3 * rng.standard_normal(8), rng.random()
            chord = s * objective(one) + (1 - s) * objective(other)
            assert objective(s * one + (1 - s) * other) <= chord + 1e-9


def test_where_the_gradient_is_0_no_other_point_lies_lower():
    X, y, *_ = men()
    ridge = Ridge(alpha=0.5 * len(X)).fit(X, y)
    weights = [float(word) for word in re.findall(r"-?\d\.\d+", output("01", "solve"))]
    assert np.allclose(weights, [*ridge.coef_, ridge.intercept_], atol=6e-4)


def test_what_the_last_direction_says_of_s1():
    X, y, names = patients()
    s1, m = names.index("s1"), len(X)
    _, d, V = np.linalg.svd(X, full_matrices=False)
    at_0 = LinearRegression().fit(X, y).coef_
    for k, line in zip((0, 8, 9), printed("01", "eigen-directions", "d²/m =")):
        share = [d[k] ** 2 / (d[k] ** 2 + m * lam) for lam in (0.01, 0.1)]
        seen = [line[0], line[1], line[3] / 100, line[5] / 100]
        expected = [d[k] ** 2 / m, V[k] @ at_0 * V[k, s1], *share]
        assert np.allclose(seen, expected, atol=[6e-5, 0.06, 6e-3, 6e-3])
    # and the parts, each with its share, add up to ridge
    for lam in (0.01, 0.1):
        parts = (V @ at_0) * V[:, s1] * d**2 / (d**2 + m * lam)
        ridge = Ridge(alpha=m * lam, solver="cholesky").fit(X, y).coef_[s1]
        assert parts.sum() == pytest.approx(ridge) and f"{ridge:.1f}" in output("01", "diabetes-steadied")


def test_how_well_the_others_predict_s1():
    X, _, names = patients()
    others = np.delete(X, names.index("s1"), axis=1)
    score = LinearRegression().fit(others, X[:, names.index("s1")]).score(others, X[:, names.index("s1")])
    assert f"explain {score:.0%} of the variance of s1" in output("01", "unstable")


def in_closed_form(lam):
    """bias² and variance of ridge's predictions, mean over the test men, where least squares is the truth."""
    X, y, X_test, _ = men()
    m, n = X.shape
    X_c, new = X - X.mean(0), X_test - X.mean(0)
    truth = LinearRegression().fit(X, y).coef_
    inverse = np.linalg.inv(X_c.T @ X_c / m + lam * np.eye(n))
    maps = new @ inverse @ X_c.T / m  # labels -> predictions, but for their mean
    bias = maps @ X_c @ truth - new @ truth
    return (bias**2).mean(), 0.7**2 * ((maps**2).sum(1) + 1 / m).mean()


def test_bias_and_variance_are_those_of_the_closed_form():
    lines = printed("01", "bias-and-variance", "λ =")
    assert len(lines) == 3
    for lam, bias2, variance, total in ([line[0], line[1], line[2], line[3]] for line in lines):
        expected = in_closed_form(lam)
        assert [bias2, variance] == pytest.approx(expected, rel=0.04, abs=1e-3)
        assert total == pytest.approx(sum(expected), rel=0.04)
    (_, *_, at_0), (best, *_, lowest), (_, *_, at_1) = lines
    assert lowest < 0.9 * at_0 < at_0 < at_1
    grid = np.logspace(-3, 0.5, 701)
    exact = grid[np.argmin([sum(in_closed_form(lam)) for lam in grid])]
    assert best == pytest.approx(exact, rel=0.15)


def test_a_small_penalty_beats_least_squares_and_the_parts_go_as_said():
    """The law of `read-trade`: near 0 the variance falls at once, bias² starts with slope 0."""
    (b_0, v_0), (b_1, v_1), (b_2, v_2) = (in_closed_form(lam) for lam in (0, 1e-5, 2e-5))
    assert b_0 < 1e-20 and b_2 == pytest.approx(4 * b_1, rel=0.01)  # quadratic
    assert v_1 - v_0 == pytest.approx((v_2 - v_0) / 2, rel=0.01) and b_1 < -(v_1 - v_0) / 100
    lams = np.logspace(-4, 1, 101)
    bias2, variance = np.transpose([in_closed_form(lam) for lam in lams])
    assert (np.diff(bias2) > 0).all() and (np.diff(variance) < 0).all()


# 02


def test_what_is_penalised_is_the_best_within_its_shape():
    """The four lines of `picture`, at many λ: no point of the border has a smaller error."""
    X, y, *_ = men()
    names = lasso_helpers.load_prostate().feature_names
    pair = X[:, [names.index("lcavol"), names.index("svi")]]
    pair = pair - pair.mean(0)
    y_c = y - y.mean()
    radii = []
    for lam in np.linspace(0.02, 1.6, 20):
        for w, power in (
            (lasso(pair, y_c, lam).coef_, 1),
            (Ridge(alpha=lam * len(y)).fit(pair, y_c).coef_, 2),
        ):
            around = np.linspace(0, 2 * np.pi, 20_001)
            around = np.array([np.cos(around), np.sin(around)])
            border = np.linalg.norm(w, power) * around / np.linalg.norm(around, power, axis=0)
            errors = ((pair @ border - y_c[:, None]) ** 2).mean(0)
            assert errors.min() >= ((pair @ w - y_c) ** 2).mean() - 1e-9
            if power == 1:
                radii.append(abs(w).sum())
    assert (np.diff(radii) < 0).all()
    lines = re.findall(r"(?:lasso|ridge): \[(.+?)\], \[(.+?)\]", output("02", "border-search"))
    penalised = [lasso(pair, y_c, 1).coef_, Ridge(alpha=len(y)).fit(pair, y_c).coef_]
    for (searched, solved), w in zip(lines, penalised, strict=True):
        for said in (searched, solved):
            assert np.allclose([float(word) for word in said.split()], w, atol=1.1e-3)


@pytest.mark.parametrize("lam, column", [(0.5, 0), (0.1, 1)])
def test_the_kkt_table_is_that_of_scikit_learns_lasso(lam, column):
    X, y, *_ = men()
    fit = lasso(X, y, lam)
    pull = abs(2 / len(y) * X.T @ (y - fit.predict(X)))
    for j, name in enumerate(lasso_helpers.load_prostate().feature_names):
        ((*numbers,),) = printed("02", "correlation-with-the-residual", name)
        assert numbers[2 * column : 2 * column + 2] == pytest.approx([fit.coef_[j], pull[j]], abs=6e-4)
        assert (abs(pull[j] - lam) < 1e-6) if fit.coef_[j] else pull[j] <= lam
    assert "102 values of λ: True" in output("02", "correlation-with-the-residual")


def test_at_one_tenth_age_is_in_and_lcp_is_not():
    X, y, *_ = men()
    names = lasso_helpers.load_prostate().feature_names
    coef = lasso(X, y, 0.1).coef_
    assert coef[names.index("age")] and not coef[names.index("lcp")]


@pytest.mark.parametrize("rho", [0.9, 0.99])
@pytest.mark.parametrize("lam", [0.05, 0.2, 0.6])
def test_how_often_a_column_of_the_pair_is_dropped(rho, lam):
    noise = np.random.default_rng(0).standard_normal((200, 3, 67))
    gone = np.zeros(2)
    for true, other, rest in noise:
        X = np.column_stack([true, rho * true + np.sqrt(1 - rho**2) * other])
        X = (X - X.mean(0)) / X.std(0, ddof=1)
        gone += lasso(X, true + rest, lam).coef_ == 0
    true, copy = gone / 200
    (percent,) = printed("02", "count-dropped", f"ρ = {rho:4}, λ = {lam:4}:")
    assert percent == pytest.approx([100 * copy, 100 * true], abs=0.6)


def test_two_strips_are_44_percent():
    side = 2  # two strips of width λ = 0.5 cross in a square of side 2
    assert 1 - ((side - 0.5) / side) ** 2 == pytest.approx(0.44, abs=0.003)
    assert "lasso 44%, ridge 0%" in output("02", "which-weight-is-zero")
