"""Wrong explorers, made by hand: which test notices each.

    python benchmarks/wrong_explorers.py [--only WORD]

Copies the project, puts one mistake after the other into the copy's package, and runs the copy's unit tests
of the explorers there: first those that are about it, then all of them. A line a mistake; at the end what
survived.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = [
    f"tests/test_{name}.py" for name in ("oracles", "descent_states", "seeds", "explorers", "live_figure")
]
SOME = {  # words of a mistake's name -> the tests that are about it, as pytest's -k
    "states": "threshold",
    "seed": "two_seeds",
    "in words": "in_words",
    "live figure": "live_figure",
    "λ alone": "λ",
    "one weight": "one and weight",
    "sign": "sign",
    "learning": "learning",
    **{name: name for name in ("geometry", "zeros", "descent", "ridge", "path")},
}

# What is wrong, the file of the package, the right text (once in it), the wrong text.
MISTAKES = [
    ("one weight: threshold λ for λ/2", "explorers/one_weight.py", "lambda_coefs[None, :, None] / 2", "lambda_coefs[None, :, None]"),
    ("one weight: marker off the sum", "explorers/one_weight.py", "+ lam * np.abs(best)", "+ 0 * lam"),
    ("one weight: pulled by λ", "explorers/one_weight.py", "pulled {lam / 2:g}", "pulled {lam:g}"),
    ("one weight: penalty halved", "explorers/one_weight.py", "lam * np.abs(w)", "lam / 2 * np.abs(w)"),
    ("one weight: a is picked on the objective", "explorers/one_weight.py", '{figure.axes[1]: "a"}', '{figure.axes[0]: "a"}'),
    ("geometry: shape of the wrong norm", "explorers/geometry.py", "axis=1), power)", "axis=1), 3 - power)"),
    ("geometry: size by the wrong norm", "explorers/geometry.py", "ord=power", "ord=3 - power"),
    ("geometry: lasso and ridge swapped in the words", "explorers/geometry.py", '"lasso": [in_words(w) for w in numbers.lasso]', '"lasso": [in_words(w) for w in numbers.ridge]'),
    ("geometry: contour of the double size", "explorers/geometry.py", "np.sqrt(2 * excess", "2 * np.sqrt(2 * excess"),
    ("geometry: contour through the double", "explorers/geometry.py", "contour_through(path,", "contour_through(2 * path,"),
    ("geometry: ridge at 2λ", "explorers/geometry.py", "ridge_path(X, y, lambda_coefs)", "ridge_path(X, y, 2 * lambda_coefs)"),
    ("geometry: t is the other norm", "explorers/geometry.py", "np.abs(w).sum():.3f", "np.linalg.norm(w):.3f"),
    ("geometry: solution's axes swapped", "explorers/geometry.py", "(path[:, :1], path[:, 1:])", "(path[:, 1:], path[:, :1])"),
    ("zeros: 2αλ drawn as αλ", "explorers/zeros.py", "level = 2 * positive", "level = positive"),
    ("zeros: counted at the first iteration", "explorers/zeros.py", "walk[:, :, -1] == 0", "walk[:, :, 0] == 0"),
    ("zeros: every fifth iteration drawn", "explorers/zeros.py", "EVERY = 3", "EVERY = 5"),
    ("zeros: sides swapped", "explorers/zeros.py", "for proximal in (False, True)", "for proximal in (True, False)"),
    ("zeros: 2αλ halved in the words", "explorers/zeros.py", "in 2 * lrs * lambda_coefs", "in lrs * lambda_coefs"),
    ("zeros: the proximal count for both", "explorers/zeros.py", "of the loop\": loop", "of the loop\": proximal"),
    ("zeros: nearly 0 counts at the minimiser", "explorers/zeros.py", "numbers.exact == 0", "numbers.exact < 0.1"),
    ("zeros: floor at 1e-3", "drawing.py", "FLOOR, TOP = 1e-4", "FLOOR, TOP = 1e-3"),
    ("learning: rings at the wrong λ", "explorers/learning_curves.py", "rings: (exact[:, None]", "rings: (exact[::-1, None]"),
    ("learning: band over the whole run", "explorers/learning_curves.py", "train_rmse[..., -max(train_rmse.shape[2] // 10, 1) :]", "train_rmse"),
    ("learning: band upside down", "explorers/learning_curves.py", "({low} to {high})", "({high} to {low})"),
    ("learning: dashed levels at λ/2", "explorers/learning_curves.py", "levels, references = rmse_levels(data, exact.weights, exact.biases)", "levels, references = rmse_levels(data, *lasso_path(data.X_train, data.y_train, lambda_coefs / 2)[1:3])"),
    ("learning: test curve shows train", "explorers/learning_curves.py", "(grid.train_rmse, grid.test_rmse)", "(grid.train_rmse, grid.train_rmse)"),
    ("learning: the best test error, not the last", "explorers/learning_curves.py", "grid.test_rmse[..., -1]", "grid.test_rmse.min(axis=2)"),
    ("learning: counts what is not 0", "explorers/learning_curves.py", "exact.weights == 0", "exact.weights != 0"),
    ("learning: share of 2λ_max", "explorers/learning_curves.py", "numbers.highest), percent", "2 * numbers.highest), percent"),
    ("learning: share of 4/h", "explorers/learning_curves.py", "(grid.lrs[None], numbers.limit)", "(grid.lrs[None], 2 * numbers.limit)"),
    ("learning: penalty doubled in training", "training.py", "loss = mse + lam *", "loss = mse + 2 * lam *"),
    ("learning: bias penalised in training", "training.py", "params[:n].abs()", "params.abs()"),
    ("learning: 2/h marked at 1/h", "explorers/learning_curves.py", '{"2/h": numbers.limit}', '{"2/h": numbers.limit / 2}'),
    ("zeros: proximal threshold halved", "training.py", "params[:n], lr * lam)", "params[:n], lr * lam / 2)"),
    ("zeros: marks exchanged", "explorers/zeros.py", '"penalty λ": {"λ_max": numbers.highest}', '"penalty λ": {"λ_max": numbers.limit}'),
    ("descent: excess without the ½", "explorers/two_weights.py", "0.5 * np.einsum", "np.einsum"),
    ("descent: path's axes swapped", "explorers/descent.py", "(seen[..., 0], seen[..., 1])", "(seen[..., 1], seen[..., 0])"),
    ("descent: share after 59 steps", "explorers/descent.py", "distances[:, -1] /", "distances[:, -2] /"),
    ("descent: zigzags from 0.6", "explorers/descent.py", "lr > 0.5 * limit", "lr > 0.6 * limit"),
    ("descent: diverging from 1.1", "explorers/descent.py", "if lr > limit:", "if lr > 1.1 * limit:"),
    ("descent: cut after two widths", "explorers/descent.py", "minimiser, 6 * reach", "minimiser, 4 * reach"),
    ("descent: 2/h marked at 1/h", "explorers/descent.py", '{"2/h": limit}', '{"2/h": limit / 2}'),
    ("ridge: levels swapped on the markers", "explorers/ridge.py", "zip(markers, (train, test))", "zip(markers, (test, train))"),
    ("ridge: stems doubled", "drawing.py", "np.zeros_like(weights), weights, gap", "np.zeros_like(weights), 2 * weights, gap"),
    ("ridge: the other norm", "explorers/ridge.py", "np.linalg.norm(w):.3f", "np.abs(w).sum():.3f"),
    ("ridge: names the positive weights", "explorers/ridge.py", "names[w < 0]", "names[w > 0]"),
    ("ridge: markers at the wrong λ", "explorers/ridge.py", "(lambda_coefs[:, None], level", "(lambda_coefs[::-1, None], level"),
    ("ridge: λ halved", "closed_form.py", "/ m + lambda_coef * np.eye", "/ m + lambda_coef / 2 * np.eye"),
    ("ridge: λ is picked on the weights", "explorers/ridge.py", '{figure.axes[1]: "penalty λ"}', '{figure.axes[0]: "penalty λ"}'),
    ("path: λ_1se's line at λ_min", "explorers/cross_validated_path.py", "[part.lambda_1se for part", "[part.lambda_min for part"),
    ("path: level without the SE", "explorers/cross_validated_path.py", "take_along_axis(means + ses", "take_along_axis(means"),
    ("path: band upside down", "explorers/cross_validated_path.py", "means - ses, means + ses", "means + ses, means - ses"),
    ("path: rings on all weights", "explorers/cross_validated_path.py", "np.where(is_in, np.nan, weights)", "weights"),
    ("path: choices swapped in the words", "explorers/cross_validated_path.py", "{part.lambda_min:g}", "{part.lambda_1se:g}"),
    ("path: deals z-scored with ddof 0", "explorers/cross_validated_path.py", "X_c.std(axis=0, ddof=1)", "X_c.std(axis=0)"),
    ("path: SE with ddof 0", "lasso_path.py", "std(axis=0, ddof=1)", "std(axis=0)"),
    ("path: two SE", "lasso_path.py", "mean[best] + se[best]]", "mean[best] + 2 * se[best]]"),
    ("path: λ is picked on the weights", "explorers/cross_validated_path.py", "figure.axes[:2]", "figure.axes[1:]"),
    ("path: λ_max marked at λ_1se", "explorers/cross_validated_path.py", '{"λ_max": numbers.highest}', '{"λ_max": first.lambda_1se}'),
    ("sign patterns: gradient − λ", "explorers/sign_patterns.py", "gradient + lam *", "gradient - lam *"),
    ("sign patterns: counts those nearly without", "explorers/sign_patterns.py", "violations < 1e-9", "violations < 1e-1"),
    ("sign patterns: the second next", "explorers/sign_patterns.py", "numbers.ordered[:, 1]", "numbers.ordered[:, 2]"),
    ("sign patterns: the marker on the next best", "explorers/sign_patterns.py", "best: ordered[:, :1]", "best: ordered[:, 1:2]"),
    ("sign patterns: signs turned", "explorers/sign_patterns.py", "ordered, signs[violations", "ordered, -signs[violations"),
    ("states: 0.95 → 0.5", "explorers/descent_states.py", "<= 0.95 *", "<= 0.5 *"),
    ("states: 1000 → 100", "explorers/descent_states.py", "y_variance / 1000)", "y_variance / 100)"),
    ("states: 1 % → 50 %", "explorers/descent_states.py", "** T > 0.01", "** T > 0.5"),
    ("states: T/10 → T/5", "explorers/descent_states.py", "max(T // 10, 1)", "max(T // 5, 1)"),
    ("states: two windows earlier", "explorers/descent_states.py", "max(T - 4 * window, 0) : max(T - 3 * window, 1)", "-3 * window : -2 * window"),
    ("states: λ = 0 forgotten", "explorers/descent_states.py", "lambda_coefs == 0", "lambda_coefs < 0"),
    ("states: zigzags forgotten", "explorers/descent_states.py", "np.abs(1 - np.outer(grid.lrs, eigenvalues))", "(1 - np.outer(grid.lrs, eigenvalues))"),
    ("states: 2/h of the flattest direction", "explorers/descent_states.py", "2 / eigenvalues[-1]", "2 / eigenvalues[0]"),
    ("seed ignored: load_csv", "data.py", "default_rng(as_seed(seed)).permutation(rows)", "default_rng(0).permutation(rows)"),
    ("seed ignored: train_grid", "training.py", "params = _start(n, seed)", "params = _start(n, 0)"),
    ("seed ignored: deal_again", "explorers/cross_validated_path.py", "default_rng(as_seed(seed))", "default_rng(0)"),
    ("seed ignored: folds", "arguments.py", "default_rng(as_seed(seed))", "default_rng(0)"),
    ("seed ignored: learning curves", "explorers/learning_curves.py", "lrs, num_iterations, seed)\n    exact", "lrs, num_iterations)\n    exact"),
    ("seed ignored: zeros", "explorers/zeros.py", "T, seed, proximal)", "T, 0, proximal)"),
    ("seed ignored: path's folds", "explorers/cross_validated_path.py", "as_folds(folds, len(deals[0][0]), seed)", "as_folds(folds, len(deals[0][0]), 0)"),
    ("in words: three decimals below 10", "explorers/errors.py", "if error < 99.9995:", "if error < 10:"),
    ("in words: whole numbers below 1e6", "explorers/errors.py", "if error < 99_999.5:", "if error < 1e6:"),
    ("live figure: opens at the first stop", "live_figure/widget.py", "stops=self._initial,", "stops=(0,) * len(self._counts),"),
    ("live figure: Reset goes to the first stop", "live_figure/widget.py", '"start": list(self._initial)', '"start": [0] * len(self._counts)'),
    ("live figure: the layout may shift", "live_figure/layouts.py", 'set_layout_engine("none")', "get_layout_engine()"),
    ("live figure: points half a pixel off", "live_figure/svg_lines.py", "np.rint(zero + steps", "np.rint(zero + 8 + steps"),
    ("live figure: no room beyond the axes", "live_figure/svg_lines.py", "zero = (LAST - steps) // 2", "zero = 0"),
    ("live figure: alpha is dropped", "live_figure/svg_lines.py", "keep_alpha=True", "keep_alpha=False"),
    ("live figure: dashes in points, not px", "live_figure/svg_lines.py", "[length * self.scale for length", "[length for length"),
    ("live figure: markers upside down", "live_figure/svg_lines.py", "(scale, -scale)", "(scale, scale)"),
    ("live figure: caps are butt", "live_figure/svg_lines.py", '"projecting": "square"}.get(gc.get_capstyle(), gc.get_capstyle())', '"projecting": "square"}.get(gc.get_capstyle(), "butt")'),
    ("live figure: sentence of the mirrored stop", "live_figure/widget.py", "at_stops.at_stop(texts, at)}", "at_stops.at_stop(texts[::-1], at)}"),
    ("live figure: readouts travel transposed", "live_figure/layouts.py", "texts.ravel().tolist()", "texts.T.ravel().tolist()"),
    ("live figure: a stop is not clamped", "live_figure/widget.py", "min(max(i, 0), count - 1)", "i"),
    ("live figure: clamped stops are sent back through a link", "live_figure/widget.py", 'return self._said', 'return self._within(self._said)'),
    ("live figure: a link's shorter stops are not padded", "live_figure/widget.py", "(*at, *self.stops[len(at) :])", "tuple(at)"),
    ("live figure: marks by value, not by stop", "live_figure/stops.py", "np.interp(value, values, stops) / stops[-1]", "(value - values[0]) / (values[-1] - values[0])"),
    ("live figure: pick with x and y exchanged", "live_figure/layouts.py", "within_axes(axes, values, axis)", "within_axes(axes, values, 1 - axis)"),
    ("live figure: pick's slider is the first", "live_figure/widget.py", "(labels.index(name),", "(0,"),
    ("live figure: shown ignored in the snapshot", "live_figure/widget.py", "[:count].copy()", ".copy()"),
    ("live figure: the first slider plays", "live_figure/widget.py", "list(self._sliders).index(play)", "0"),
    ("live figure: the twin looks like the wide line", "live_figure/layouts.py", "look(lines[k]) for", "look(lines[0]) for"),
    ("live figure: lines in another order", "live_figure/layouts.py", "key=lambda item: drawn(item[1])))", "key=lambda item: drawn(item[1]), reverse=True))"),
    ("live figure: the resolution is not restored", "live_figure/layouts.py", "figure.set_dpi(figure.dpi / DOUBLE)", "figure.set_dpi(figure.dpi)"),
    ("live figure: snapshots in the style of the day", "live_figure/widget.py", "rc_context(self._style)", "rc_context()"),
    ("live figure: pyplot keeps the figure", "live_figure/widget.py", 'if "matplotlib.pyplot" in sys.modules', 'if "pyplot" in sys.modules'),
    ("live figure: two pictures in VS Code", "live_figure/widget.py", '"__vsc_ipynb_file__" in', '"vsc" in'),
    ("live figure: values of where it opened", "live_figure/widget.py", "zip(self._sliders.values(), self._within(self.stops)))", "zip(self._sliders.values(), self._initial))"),
    ("live figure: the present snapshot is the opening one", "live_figure/widget.py", "if indices else self._within(self.stops)", "if indices else self._initial"),
    ("live figure: after a message Python may leave the stops", "live_figure/widget.py", "self._said is not None and list(proposal[\"value\"]) == list(self._said)", "self._said is not None"),
    ("live figure: one pick alone moves along y", "live_figure/widget.py", "else (names, None)", "else (None, names)"),
    ("live figure: pick counts from the bottom of the picture", "live_figure/svg_lines.py", "axes.get_figure(root=True).bbox.height - bottom - height", "bottom"),
    ("live figure: the twin is picked where the wide axes are", "live_figure/layouts.py", "box(axes[k])", "box(axes[0])"),
    ("live figure: marks as shares of the number of stops", "live_figure/stops.py", "/ stops[-1]", "/ len(stops)"),
    ("live figure: the layout is twice its size", "live_figure/layouts.py", "(round(side / DOUBLE) for", "(round(side) for"),
    ("live figure: painted at four times the size", "live_figure/layouts.py", "set_dpi(DOUBLE * figure.dpi)", "set_dpi(DOUBLE**2 * figure.dpi)"),
    ("live figure: every line's transform is the data's", "live_figure/svg_lines.py", "part.ravel(), axis, line.get_transform())", "part.ravel(), axis)"),
    ("live figure: places as fine as the smallest layout", "live_figure/svg_lines.py", "sides = np.max(", "sides = np.min("),
    ("live figure: a gap is drawn through", "live_figure/svg_lines.py", "np.where(seen, held, NO_POINT)", "held"),
    ("live figure: far points wrap round", "live_figure/svg_lines.py", "np.clip(np.rint(zero + steps * np.nan_to_num(share)), 0, LAST)", "np.rint(zero + steps * np.nan_to_num(share))"),
    ("live figure: dashes begin in points", "live_figure/svg_lines.py", "(offset or 0) * self.scale", "(offset or 0)"),
    ("live figure: rings are filled", "live_figure/svg_lines.py", "and rgbFace[3] else \"none\"", "else \"none\""),
    ("live figure: markers' edges in points", "live_figure/svg_lines.py", '"edgeWidth": gc.get_linewidth() * self.scale', '"edgeWidth": gc.get_linewidth()'),
    ("live figure: every line is clipped", "live_figure/svg_lines.py", '"clip": line.get_clip_on()', '"clip": True'),
    ("live figure: a line's own x is lost", "live_figure/svg_lines.py", "line.set_data(*data)", "line.set_data([0, 1], [0, 1])"),
    ("live figure: zorder is ignored", "live_figure/layouts.py", "line.get_zorder(), children", "0, children"),
    ("live figure: a badge without colours", "live_figure/layouts.py", '"colors": colors', '"colors": None'),
    ("live figure: the CSS does not know the snapshot", "live_figure/widget.py", '"image/png": size, "needs_background": "light"', '"image/png": size'),
    ("live figure: two pictures in Colab", "live_figure/widget.py", '"google.colab" in', '"colab" in'),
    ("live figure: a cell's second explorer closes its first", "live_figure/cells.py", "if ran != execution:", "if opened:"),
    ("live figure: every line without an x counts from 0", "live_figure/stops.py", "np.asarray(line.get_xdata(orig=False))", "np.arange(len(line.get_xdata()))"),
]  # fmt: skip


def killers(copy, only=None):
    """The tests that fail in the copy, at most one of each file."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-n", "0", "--tb=no", "-r", "fE", "-x", *TESTS]
    command += ["-k", only] if only else []
    ran = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
    if ran.returncode not in (0, 1, 5):  # passed, failed, nothing chosen
        raise RuntimeError(ran.stdout + ran.stderr)
    failed = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return [line.split("::")[1].split(" - ")[0] for line in failed]


def try_each(copy, wanted):
    survived, tried = [], 0
    for name, file, right, wrong in MISTAKES:
        if wanted not in name:
            continue
        path = copy / "lasso_helpers" / file
        text = path.read_text()
        if text.count(right) != 1:
            raise ValueError(f"{name}: {right!r} must stand once in {file}, got {text.count(right)} times")
        path.write_text(text.replace(right, wrong))
        about = next(test for words, test in SOME.items() if words in name)
        noticed = killers(copy, about) or killers(copy)
        path.write_text(text)
        tried += 1
        survived += [] if noticed else [name]
        print(f"{name:48} {noticed[0] if noticed else 'SURVIVED'}", flush=True)
    print(f"noticed: {tried - len(survived)} of {tried}; survived: {', '.join(survived) or 'none'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="a word of the mistakes' names")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv*", "node_modules", "site"))
        if missed := killers(copy):
            sys.exit(f"the tests fail without a mistake: {missed}")
        try_each(copy, parser.parse_args().only)
