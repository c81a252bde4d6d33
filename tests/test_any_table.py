"""Explorers on tables that are not the lecture's: many columns, long and odd names, labels in any unit."""

import itertools
import re
import warnings

import ipywidgets
import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.text import Text
from sklearn.linear_model import Lasso, Ridge, lars_path

import lasso_helpers
from lasso_helpers import drawing, explorers
from lasso_helpers.explorers import cross_validated_path
from lasso_helpers.explorers.errors import excess_in_words, in_words, power_of_ten
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
    few = table(12)
    live = lasso_helpers.explore_path(few, [1e-6, 2e-6], resamples=1, folds=3)
    assert readout(live, "in", (0,)) == ", ".join(few.feature_names)
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


def test_letters_are_no_list_of_names():
    letters = table(8, names=list("abcdefgh"))
    with pytest.raises(ValueError, match=r"features must be a list .* got 'ab'"):
        lasso_helpers.explore_ridge(letters, [1], features="ab")
    lasso_helpers.explore_ridge(letters, [1, 2], features=iter("ab")).close()


def test_whiskers_are_those_of_the_loud_features(data, entry):
    live = WITH_FEATURES["learning curves"](data)
    walked = lasso_helpers.training.weight_walks(data, LAMBDAS, RATES, 40)[2, 1, -25:]
    (ends,) = (line for line in live._moving if line.get_label() == "_whisker" and line.get_marker() == "|")
    x, y, _ = (part[min(2, len(part) - 1), -1] for part in live._moving[ends])
    low, high = x[0].reshape(12, 2).T
    columns = [data.feature_names.index(name) for name in entry[:12]]
    np.testing.assert_allclose(low, walked[:, columns].min(axis=0), rtol=1e-9)
    np.testing.assert_allclose(high, walked[:, columns].max(axis=0), rtol=1e-9)
    assert y[0].reshape(12, 2)[:, 0] == pytest.approx(np.arange(12) - 0.17)
    live.close()


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


def test_long_names_leave_room_for_the_ticks_of_ridges_lambda(data):
    live = lasso_helpers.explore_ridge(data)
    for figure in live._figures:
        ax = figure.axes[1]
        shown = [text for text in ax.get_xticklabels() if 0 <= text.get_position()[0] <= 100]
        boxes = [text.get_window_extent().get_points()[:, 0] for text in shown]
        assert [text.get_text() for text in shown] == ["0", "0.1", "10"]
        assert all(one[1] < other[0] for one, other in itertools.pairwise(boxes))
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


# Labels in any unit

UNITS = {"dollars": 1e6, "tiny": 1e-4, "yes and no": None}


@pytest.fixture(scope="module", params=UNITS)
def unit_data(request):
    unit = UNITS[request.param]
    names = ["area", "rooms", "age", "lat", "lon", "tax", "dist", "pupils"]
    label = (lambda y: (y > 0) * 1.0) if unit is None else (lambda y: unit * (y + 3))
    return table(8, m=200, names=names, label=label)


DEFAULTS = {
    "learning curves": lambda data: lasso_helpers.explore_learning_curves(data),
    "path": lambda data: lasso_helpers.explore_path(data, resamples=2),
    "ridge": lambda data: lasso_helpers.explore_ridge(data),
    "zeros": lambda data: lasso_helpers.explore_zeros(data),
    "geometry": lambda data: lasso_helpers.explore_geometry(data, ["area", "rooms"]),
    "descent": lambda data: lasso_helpers.explore_descent(data, ["area", "rooms"]),
    "sign patterns": lambda data: lasso_helpers.explore_sign_patterns(data),
}


@pytest.fixture(scope="module", params=DEFAULTS)
def in_unit(request, unit_data):
    made = DEFAULTS[request.param](unit_data)
    yield made
    made.close()


def test_ticks_do_not_run_together_in_any_unit(in_unit):
    for figure in in_unit._figures:
        for ax, (axis, side) in itertools.product(figure.axes, (("x", 0), ("y", 1))):
            if getattr(ax, f"get_{axis}scale")() == "symlog":
                continue  # of ridge's λ, which has no unit of the label
            with rc_context(in_unit._style):
                drawn = getattr(ax, f"{axis}axis")._update_ticks()  # as matplotlib does before it draws
            texts = [tick.label1 for tick in drawn if tick.label1.get_visible()]
            boxes = sorted(
                (text.get_window_extent().get_points()[:, side].tolist() for text in texts), key=min
            )
            words = [text.get_text() for text in texts]
            slack = 8 if side else -4  # px at twice the size: a line of type is higher than its digits
            assert all(one[1] < other[0] + slack for one, other in itertools.pairwise(boxes)), words


def test_numbers_in_sentences_have_digits_in_any_unit(in_unit):
    rng, stops = np.random.default_rng(0), all_stops(in_unit)
    for stop in [stops[i] for i in rng.integers(len(stops), size=40)]:
        said = in_unit._sentence(stop)
        assert "exactly 0" in said or not re.search(r"(?<![\d.])0\.0+(?![\d.])", said), said  # 0.000
        assert not re.search(r"\d{6,}\.\d|\d\.\d{10}", said), said


def test_an_error_and_its_standard_error_have_digits(unit_data):
    live = DEFAULTS["path"](unit_data)
    X, y = (part.numpy() for part in unit_data.exact[:2])
    lambda_coefs = slider_values(live)[0]
    cv = lasso_helpers.cross_validate(X, y, lambda_coefs)
    for k in (0, 20, 40):
        mean, se = map(float, readout(live, "CV error ± one SE", (k, 0)).split(" ± "))
        assert mean == pytest.approx(cv.mean[k], rel=0.01) and se == pytest.approx(cv.se[k], rel=0.06)
    live.close()


def test_weights_of_any_unit_lie_in_the_picture_of_zeros(unit_data):
    live = DEFAULTS["zeros"](unit_data)
    exact = np.abs(lasso_helpers.lasso_path(*unit_data.exact[:2], [0]).weights).max()
    bottom, top = live._figures[0].axes[0].get_ylim()
    assert 1e-6 * exact < bottom < 1e-4 * exact and exact < top
    start = np.abs(lasso_helpers.training.weight_walks(unit_data, [0], [1e-9], 1)).max()
    assert start < top
    zero, *_ = live._figures[0].axes[0].get_yticklabels()
    assert zero.get_text() == "exactly 0" and bottom < zero.get_position()[1] < 1e-4 * exact
    live.close()


def test_a_pattern_fits_in_any_unit(unit_data):
    # The one that fits is the minimiser's, and it alone lies in the strip.
    live = DEFAULTS["sign patterns"](unit_data)
    (lambda_coefs,), ax = slider_values(live), live._figures[0].axes[0]
    exact = lasso_helpers.lasso_path(*unit_data.exact[:2], lambda_coefs).weights
    (strip,), bottom = ax.patches, ax.get_ylim()[0]
    (drawn,) = (y for line, (_, y, _) in live._moving.items() if line.get_linestyle() == "-")
    in_strip = drawn < strip.get_y() + strip.get_height()
    assert in_strip[:, 0].all() and in_strip[:, 1:].mean() < 0.01
    assert (drawn > bottom).all()
    for k in range(len(lambda_coefs)):
        assert readout(live, "features in", (k,)) == str((exact[k] != 0).sum())
        assert readout(live, "of 6,561 patterns without a KKT violation", (k,)) == "1"
    live.close()


@pytest.mark.parametrize(
    "value, scale, words",
    [
        (0.00049, 1, "0.000"),
        (0.0123, 0.1, "0.012"),
        (0.0123, 0.09, "0.0123"),
        (0.00049, 0.001, "0.00049"),
        (-0.000151, 0.0002, "-0.000151"),
        (1.234e-8, 1e-8, "1.23e-08"),
        (0, 1e-8, "0"),
        (255_678, 9e3, "2.6e+05"),
        (255_678, 1e4, "256000"),
        (-1_255_678, 1e4, "-1.26e+06"),
        (np.inf, 1e4, "beyond numbers"),
        (-0.5, 0, "-0.500"),
    ],
)
def test_numbers_have_the_digits_of_their_scale(value, scale, words):
    assert in_words(value, scale) == words


def test_an_excess_has_the_digits_of_the_labels_variance():
    said = [excess_in_words(value, variance) for value, variance in ((9e-4, 1.4), (9e-12, 2e-8), (2e9, 4e12))]
    assert [str(word) for word in said] == ["< 0.001", "< 1e-11", "2e+09"]
    assert power_of_ten(0) == 1 and power_of_ten(0.7164) == 1 and power_of_ten(250) == 100
    assert power_of_ten(0.7164, np.floor) == 0.1


def test_errors_of_any_unit_are_those_of_scikit_learn(unit_data):
    live = DEFAULTS["ridge"](unit_data)
    X, y = (part.numpy() for part in unit_data.exact[:2])
    theirs = Ridge(alpha=len(X)).fit(X, y[:, 0])
    error = np.sqrt(((theirs.predict(X) - y[:, 0]) ** 2).mean())
    at = (slider_values(live)[0].index(1),)
    assert float(readout(live, "train RMSE", at)) == pytest.approx(error, rel=0.01)
    assert float(readout(live, "‖w‖₂", at)) == pytest.approx(np.linalg.norm(theirs.coef_), rel=0.01)
    assert explorers.reference_errors(unit_data)[0][0] == pytest.approx(y.std())
    live.close()


# Progress


def test_long_work_counts_its_resamples_and_leaves_no_line(monkeypatch, capsys, data):
    before = len(ipywidgets.widgets.widget._instances)
    monkeypatch.setattr(cross_validated_path, "LONG", 2 * 70 * 30 - 1)
    WITH_FEATURES["path"](data).close()
    written, errors = capsys.readouterr()
    assert "deals of the rows" in written and "0/2" in written and errors == ""
    assert written.endswith("\r") and not written.split("\r")[-2].strip() and "\n" not in written
    assert len(ipywidgets.widgets.widget._instances) == before


def test_what_is_shorter_says_nothing(monkeypatch, capsys, data):
    monkeypatch.setattr(cross_validated_path, "LONG", 2 * 70 * 30)
    WITH_FEATURES["path"](data).close()
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "m, n, is_long", [(67, 8, False), (309, 10, False), (1000, 200, True), (70_000, 50, True)]
)
def test_what_is_long_depends_on_its_size_alone(m, n, is_long):
    count = cross_validated_path._resamples_in_seconds(m, n)
    assert cross_validated_path._with_progress([], count, count * m * n).disable == (not is_long)
