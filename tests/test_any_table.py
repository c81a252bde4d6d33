"""Explorers on tables that are not the lecture's: many columns, long and odd names, labels in any unit."""

import re
import warnings

import ipywidgets
import numpy as np
import pytest
from matplotlib.text import Text
from sklearn.linear_model import Lasso, Ridge, lars_path

import lasso_helpers
from lasso_helpers import drawing
from lasso_helpers.explorers.loud_features import by_entry
from reading import all_stops, readout, slider_values

LAMBDAS, RATES = [0.05, 0.2, 0.5], [0.005, 0.01]
WITH_FEATURES = {
    "learning curves": lambda data, **more: lasso_helpers.explore_learning_curves(
        data, LAMBDAS, RATES, num_iterations=40, **more
    ),
    "λ alone": lambda data, **more: lasso_helpers.explore_learning_curves(
        data, LAMBDAS, [0.01], num_iterations=40, **more
    ),
    "path": lambda data, **more: lasso_helpers.explore_path(data, LAMBDAS, resamples=2, folds=3, **more),
    "ridge": lambda data, **more: lasso_helpers.explore_ridge(data, LAMBDAS, **more),
    "zeros": lambda data, **more: lasso_helpers.explore_zeros(
        data, LAMBDAS, RATES, num_iterations=40, **more
    ),
}
EXPLORERS = WITH_FEATURES | {
    "geometry": lambda data: lasso_helpers.explore_geometry(data, data.feature_names[:2]),
    "descent": lambda data: lasso_helpers.explore_descent(data, data.feature_names[:2]),
    "sign patterns": lambda data: lasso_helpers.explore_sign_patterns(data),
}


def table(n=30, m=90, names=None, label=lambda y: y, seed=0):
    """A `Dataset` of n correlated columns, z-scored, of which six count."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((m, n)) + 0.6 * rng.standard_normal((m, 1))
    chosen, sizes = rng.permutation(n)[:6], rng.uniform(0.4, 1.5, 6) * [1, -1, 1, 1, -1, 1]
    y = label(X[:, chosen] @ sizes[: len(chosen)] + rng.standard_normal(m))[:, None]
    Z, others = lasso_helpers.zscore(X[20:], X[:20])
    names = names or [f"a_rather_long_name_{j:02}" for j in range(n)]
    return lasso_helpers.Dataset(Z, y[20:], others, y[:20], names, "label")


@pytest.fixture(scope="module")
def data():
    return table()


@pytest.fixture(scope="module")
def entry(data):
    """The names of the data's features in the order in which scikit-learn's path has them enter."""
    X, y = (part.numpy() for part in data.exact[:2])
    _, _, coefs = lars_path(X - X.mean(axis=0), y[:, 0] - y.mean(), method="lasso")
    first = [np.flatnonzero(row)[0] for row in coefs]
    return [data.feature_names[j] for j in np.argsort(first, kind="stable")]


@pytest.fixture(scope="module", params=WITH_FEATURES)
def live(request, data):
    made = WITH_FEATURES[request.param](data)
    yield made
    made.close()


def rows(live):
    """The axes that have a row a feature, of each figure."""
    found = [[ax for ax in figure.axes if ax.get_xlabel().startswith("weight (")] for figure in live._figures]
    return [axes[0] for axes in found if axes]


def test_features_enter_as_on_scikit_learns_path(data, entry):
    X, y = (part.numpy() for part in data.exact[:2])
    assert [data.feature_names[j] for j in by_entry(X, y)] == entry
    at = [Lasso(alpha=share * lasso_helpers.lambda_max(X, y) / 2, tol=1e-9).fit(X, y) for share in (0.9, 0.4)]
    for model in at:
        kept = {data.feature_names[j] for j in np.flatnonzero(model.coef_)}
        assert kept == {*entry[: len(kept)]} and kept


def test_what_never_enters_comes_last_and_a_flat_label_has_an_order_too():
    X = np.column_stack([np.ones(8), np.arange(8.0) % 3, np.arange(8.0)])
    assert by_entry(X, np.arange(8.0)[:, None]).tolist() == [2, 0, 1]
    assert by_entry(X, np.ones((8, 1))).tolist() == [0, 1, 2]


def test_the_first_to_enter_have_rows_and_all_others_one(live, entry):
    for ax in rows(live):
        *texts, last = (tick.get_text() for tick in ax.get_yticklabels())
        assert last == "+ 18 others" and len(texts) == 12
        assert [text[-5:] for text in texts] == [name[-5:] for name in entry[:12]]
        assert ax.get_ylim() == (12.5, -0.5) and max(map(len, texts)) <= 14


def test_no_weight_is_hidden(live, data):
    # All marks at a stop, told by their row, are the weights of scikit-learn's minimiser.
    if not rows(live):
        return
    X, y = (part.numpy() for part in data.exact[:2])
    ax, rest = rows(live)[0], (0,) * (len(live._sliders) - 1)
    for k, lam in enumerate(LAMBDAS):
        is_ridge = "‖w‖₂" in live._readouts
        model = Ridge(alpha=len(X) * lam) if is_ridge else Lasso(alpha=lam / 2, tol=1e-12, max_iter=10**6)
        expected = model.fit(X, y[:, 0]).coef_
        loud, quiet = [], []
        for line, (x, where, _) in live._moving.items():
            if line.axes is ax and line.get_marker() == "D":
                seen = x[tuple(min(i, size - 1) for i, size in zip((k, *rest), x.shape))]
                (quiet if line.get_color() == drawing.OTHERS else loud).extend(seen[np.isfinite(seen)])
                in_row = where[np.isfinite(where)]
                assert ((in_row > 11.5) == (line.get_color() == drawing.OTHERS)).all()
        assert len(loud) == 12 and len(quiet) == 18
        np.testing.assert_allclose(sorted(loud + quiet), sorted(expected), atol=2e-6)


def test_paths_of_the_others_are_pale_thin_and_whole(data, entry):
    live = WITH_FEATURES["path"](data)
    ax, named = live._figures[0].axes[0], {line.get_label(): line for line in live._moving}
    others = named.pop("_others")
    assert [label for label, line in named.items() if line.axes is ax and "long" in label] == entry[:12]
    assert others.get_color() == drawing.OTHERS and others.get_linewidth() < 1.5
    x, y, _ = live._moving[others]
    assert y.shape == (1, 2, 18 * 4) and np.isnan(y[..., 3::4]).all()
    quiet = [name for name in data.feature_names if name not in entry[:12]]
    X, labels = (part.numpy() for part in data.exact[:2])
    expected = [Lasso(alpha=lam / 2, tol=1e-12, max_iter=10**6).fit(X, labels[:, 0]).coef_ for lam in LAMBDAS]
    for k, name in enumerate(quiet):
        theirs = np.array(expected)[:, data.feature_names.index(name)]
        np.testing.assert_allclose(y[0, 0, 4 * k : 4 * k + 3], theirs, atol=2e-6)
        np.testing.assert_array_equal(x.ravel()[4 * k : 4 * k + 3], LAMBDAS)
    live.close()


def test_a_slider_goes_over_the_loud_features_and_says_their_whole_names(data, entry):
    live = WITH_FEATURES["zeros"](data)
    assert slider_values(live)[2] == list(range(1, 13))
    assert [readout(live, "chosen", (0, 0, k)) for k in range(12)] == entry[:12]
    walked = lasso_helpers.training.weight_walks(data, LAMBDAS, RATES, 40)
    (loud, *_) = (line for line in live._moving if line.get_label() == "chosen")
    for k, name in enumerate(entry[:12]):
        expected = drawing.heights(walked[1, 1, ::3])[:, data.feature_names.index(name)]
        np.testing.assert_array_equal(live._moving[loud][1][1, 1, k], expected)
    pale = [line for line in live._moving if line.get_color() == drawing.OTHERS]
    assert len(pale) == 60 and {line.get_linewidth() for line in pale} == {drawing.OTHERS_WIDTH}
    counted = readout(live, "exact zeros after 40 steps of the loop", (0, 0, 0))
    assert counted == str((walked[0, 0, -1] == 0).sum())
    live.close()


def test_exact_zeros_of_quiet_features_are_counted(data):
    live = WITH_FEATURES["learning curves"](data)
    exact = lasso_helpers.lasso_path(*data.exact[:2], LAMBDAS).weights
    for k in range(3):
        assert readout(live, "exact zeros", (k, 0, 0)).endswith(f"◆ {(exact[k] == 0).sum()}")
    assert (exact[2] == 0).sum() > 12
    live.close()


@pytest.mark.parametrize("name, label", [("path", "in"), ("ridge", "negative weights")])
def test_a_long_list_names_the_first_six_to_enter(name, label, data, entry):
    live = WITH_FEATURES[name](data)
    exact = lasso_helpers.lasso_path(*data.exact[:2], LAMBDAS).weights
    by_ridge, _ = lasso_helpers.closed_form.ridge_path(*data.exact[:2], LAMBDAS)
    for k in range(3):
        meant = {"in": exact[k] != 0, "negative weights": by_ridge[k] < 0}[label]
        names = [feature for feature in entry if meant[data.feature_names.index(feature)]]
        more = f" and {len(names) - 6} more" if len(names) > 6 else ""
        assert readout(live, label, (k, 0)[: len(live._sliders)]) == ", ".join(names[:6]) + more
    assert "more" in readout(live, label, (0, 0)[: len(live._sliders)])
    live.close()


def test_up_to_twelve_names_are_all_listed():
    live = lasso_helpers.explore_ridge(table(12), [0.05])
    assert re.fullmatch(r"(a_\w+(, |$)){3,}", readout(live, "negative weights", (0,)))
    live.close()


def test_features_are_chosen_by_name(data, prostate):
    for some, rest in ((data, 28), (prostate, 6)):
        chosen = [some.feature_names[4], some.feature_names[1]]
        for name, explore in WITH_FEATURES.items():
            live = explore(some, features=chosen)
            for ax in rows(live):
                texts = [tick.get_text() for tick in ax.get_yticklabels()]
                assert texts == [*drawing.short_names(chosen), f"+ {rest} others"]
            if name == "zeros":
                assert [readout(live, "chosen", (0, 0, k)) for k in (0, 1)] == chosen
            live.close()


def test_all_features_chosen_is_what_comes_by_default(prostate):
    for explore in WITH_FEATURES.values():
        plain, said = explore(prostate), explore(prostate, features=prostate.feature_names)
        assert plain.content == said.content
        plain.close()
        said.close()


@pytest.mark.parametrize("explore", WITH_FEATURES.values(), ids=WITH_FEATURES)
@pytest.mark.parametrize(
    "features",
    [[], "lcavol", ["lcavol", "weight"], ["svi", "svi"], 3, [["svi"]], [f"x{j}" for j in range(13)]],
)
def test_features_must_be_names_of_the_data(explore, features, prostate):
    before = len(ipywidgets.widgets.widget._instances)
    message = f"features must be a list of 1 to 12 different names of data.feature_names, got {features!r}"
    with pytest.raises(ValueError, match=re.escape(message)):
        explore(prostate, features=features)
    assert len(ipywidgets.widgets.widget._instances) == before


def test_thirteen_known_names_are_too_many(data):
    with pytest.raises(ValueError, match="features must be a list of 1 to 12"):
        lasso_helpers.explore_ridge(data, [1], features=data.feature_names[:13])


@pytest.mark.parametrize("name", EXPLORERS)
def test_odd_names_are_drawn_as_they_read(name):
    odd = ["$x$", r"$\frac$", "_hidden", "$_$", "price in $", "50 % of $1,000 and of $2,000", "α_β^2", "{}"]
    live = EXPLORERS[name](table(8, names=odd))
    for figure in live._figures:
        for text in figure.findobj(Text):
            drawn, is_math = text._preprocess_math(text.get_text())
            assert not is_math or drawn == "λ$_{1se}$, min + SE" or drawn.startswith(r"$\mathdefault{"), drawn
    said = live._sentence(all_stops(live)[0])
    if name in ("geometry", "descent"):
        assert "$x$" in said and r"$\frac$" in said
        assert r"\$x\$" in live._figures[0].axes[0].get_xlabel()
    assert live.snapshot()[:4] == b"\x89PNG"
    live.close()


@pytest.mark.parametrize("name", ["geometry", "descent"])
def test_a_long_name_beside_a_map_has_a_line_of_its_own(name, data):
    live = EXPLORERS[name](data)
    for figure in live._figures:
        ax, whole = figure.axes[0], data.feature_names
        assert ax.get_xlabel() == "weight of " + drawing.short_names(whole[:2])[0]
        assert ax.get_ylabel() == "weight of\n" + drawing.short_names(whole[:2])[1]
        high = ax.yaxis.label.get_window_extent().height
        assert high < ax.bbox.height
    assert all(name in live._sentence(all_stops(live)[0]) for name in data.feature_names[:2])
    live.close()


def test_two_hundred_columns_make_every_picture():
    wide = table(200, m=120)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name, explore in WITH_FEATURES.items():
            live = explore(wide)
            assert all(len(live._sentence(stop)) < 600 for stop in all_stops(live)), name
            for ax in rows(live):
                assert ax.get_yticklabels()[-1].get_text() == "+ 188 others"
            live.close()
