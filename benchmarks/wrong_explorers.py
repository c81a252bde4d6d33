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
    "two weights": "geometry",
    **{name: name for name in ("geometry", "zeros", "descent", "ridge", "path")},
}

# What is wrong, the file of the package, the right text (once in it), the wrong text.
MISTAKES = [
    ("one weight: threshold λ for λ/2", "explorers/one_weight.py", "lambda_coefs[None, :, None] / 2", "lambda_coefs[None, :, None]"),
    ("one weight: marker off the sum", "explorers/one_weight.py", "+ lam * np.abs(best)", "+ 0 * lam"),
    ("one weight: pulled by λ", "explorers/one_weight.py", "pulled {lam / 2:g}", "pulled {lam:g}"),
    ("one weight: penalty halved", "explorers/one_weight.py", "lam * np.abs(w)", "lam / 2 * np.abs(w)"),
    ("one weight: a is picked on the objective", "explorers/one_weight.py", 'pick={right: "a"}', 'pick={left: "a"}'),
    ("geometry: shape of the wrong norm", "explorers/geometry.py", "shape(radius, power, 5", "shape(radius, 3 - power, 5"),
    ("geometry: radius by the wrong norm", "explorers/geometry.py", "ord=power", "ord=3 - power"),
    ("geometry: lasso and ridge swapped in the words", "explorers/geometry.py", '(("lasso", numbers.lasso), ("ridge", numbers.ridge))', '(("lasso", numbers.ridge), ("ridge", numbers.lasso))'),
    ("geometry: contour of the double radius", "explorers/geometry.py", "radius = np.sqrt(excess", "radius = 2 * np.sqrt(excess"),
    ("geometry: contour through the double", "explorers/geometry.py", "contour_through(weights,", "contour_through(2 * weights,"),
    ("geometry: t is the other norm", "explorers/geometry.py", "np.abs(numbers.lasso).sum(axis=-1)", "np.linalg.norm(numbers.lasso, axis=-1)"),
    ("geometry: solution's axes swapped", "explorers/geometry.py", "by_zero(weights[..., :1], weights[..., 1:],", "by_zero(weights[..., 1:], weights[..., :1],"),
    ("geometry: hollow where no weight is 0", "explorers/geometry.py", "has_zero = (weights == 0)", "has_zero = (weights != 0)"),
    ("geometry: hollow where both are 0", "explorers/geometry.py", ".any(axis=-1, keepdims=True)", ".all(axis=-1, keepdims=True)"),
    ("geometry: a map that cuts the diamond", "explorers/geometry.py", "reach = 1.05 *", "reach = 0.9 *"),
    ("geometry: contours that stand still", "explorers/geometry.py", "points[None, :, :1, :1] + x", "points[None, :1, :1, :1] + x"),
    ("geometry: the other weight's slider is taken", "explorers/geometry.py", "pick={ax: _point_sliders(features) for", "pick={ax: _point_sliders(features)[::-1] for"),
    ("geometry: rests elsewhere", "explorers/geometry.py", "rest=(0, *numbers.own)", "rest=(0, 0, 0)"),
    ("two weights: excess without the ½", "explorers/two_weights.py", "0.5 * np.einsum", "np.einsum"),
    ("two weights: ridge at λ/2", "explorers/two_weights.py", "hessian + 2 * np.reshape", "hessian + np.reshape"),
    ("two weights: both signs alike", "explorers/two_weights.py", "product((1, -1), repeat=2)", "((1, 1), (-1, -1))"),
    ("two weights: the slope of the zero unasked", "explorers/two_weights.py", "fits = np.abs(on_the_other) <= lam", "fits = np.abs(on_the_other) <= 1.1 * lam"),
    ("two weights: rounding hides zeros", "explorers/two_weights.py", " + 1e-12 * np.abs(slope).max()", " - 1e-12 * np.abs(slope).max()"),
    ("two weights: own point rounded", "explorers/two_weights.py", "np.r_[grid[np.abs(grid - own) > step / 4], own]", "np.r_[grid[np.abs(grid - own) > step / 4], round(own, 3)]"),
    ("descent: path's axes swapped", "explorers/descent.py", "(seen[..., 0], seen[..., 1])", "(seen[..., 1], seen[..., 0])"),
    ("descent: share after 59 steps", "explorers/descent.py", "distance[..., -1] /", "distance[..., -2] /"),
    ("descent: zigzags of any length", "explorers/descent.py", "> 1 / 40)", "> 1 / 4000)"),
    ("descent: two jumps are a zigzag", "explorers/descent.py", ">= 3", ">= 2"),
    ("descent: zigzags off the map", "explorers/descent.py", "inside = (west < x) & (x < east)", "inside = (west < x)"),
    ("descent: a jump on one side", "explorers/descent.py", "across[..., :-1] < 0)", "across[..., :-1] != 0)"),
    ("descent: diverging from 1.1", "explorers/descent.py", "numbers.lrs > 2 / eig", "numbers.lrs > 2.2 / eig"),
    ("descent: diverging, not to be seen", "explorers/descent.py", "beyond & (left > 1)", "beyond & (left > 0)"),
    ("descent: arrived at half the floor", "explorers/descent.py", "<= numbers.floor", "<= numbers.floor / 2"),
    ("descent: cut after two widths", "explorers/descent.py", "minimiser, 3 * (x[1]", "minimiser, 2 * (x[1]"),
    ("descent: 2/h at 1/h", "explorers/descent.py", "lrs, limit = numbers.lrs, 2 / np", "lrs, limit = numbers.lrs, 1 / np"),
    ("descent: 6.8e-07 %", "explorers/descent.py", "value < 1e-5", "value < 1e-9"),
    ("descent: 155 %", "explorers/descent.py", "value < 0.9995", "value < 10"),
    ("descent: 100 %", "explorers/descent.py", "if value < 0.995 else", "if value < 2 else"),
    ("descent: the start stands still", "explorers/descent.py", "up[None, None, :, None]", "up[None, None, :1, None]"),
    ("descent: the other weight's slider is taken", "explorers/descent.py", "{left: _start_sliders(features)}", "{left: _start_sliders(features)[::-1]}"),
    ("zeros: 2αλ drawn as αλ", "explorers/zeros.py", "level = 2 * positive", "level = positive"),
    ("zeros: counted at the first iteration", "explorers/zeros.py", "walk[:, :, -1] == 0", "walk[:, :, 0] == 0"),
    ("zeros: every fifth iteration drawn", "explorers/zeros.py", "EVERY = 3", "EVERY = 5"),
    ("zeros: sides swapped", "explorers/zeros.py", "for proximal in (False, True)", "for proximal in (True, False)"),
    ("zeros: 2αλ halved in the words", "explorers/zeros.py", "levels = 2 * numbers.lrs", "levels = numbers.lrs"),
    ("zeros: the proximal count for both", "explorers/zeros.py", "of the loop\": loop", "of the loop\": proximal"),
    ("zeros: nearly 0 counts at the minimiser", "explorers/zeros.py", "numbers.exact == 0", "numbers.exact < 0.1"),
    ("zeros: floor at 1e-3", "drawing.py", "FLOOR, TOP = 1e-4", "FLOOR, TOP = 1e-3"),
    ("learning: diamonds at the wrong λ", "explorers/learning_curves.py", "numbers.exact.weights[:, None, None]", "numbers.exact.weights[::-1, None, None]"),
    ("learning: whiskers over 50 iterations", "explorers/learning_curves.py", "HOVERS_OVER = 25", "HOVERS_OVER = 50"),
    ("learning: whiskers at every iteration", "explorers/learning_curves.py", "numbers.stops == numbers.stops[-1], part[0, 0].size, 0", "numbers.stops >= 0, part[0, 0].size, 0"),
    ("learning: dashed levels at λ/2", "explorers/learning_curves.py", "levels, references = rmse_levels(data, exact.weights, exact.biases)", "levels, references = rmse_levels(data, *lasso_path(data.X_train, data.y_train, lambda_coefs / 2)[1:3])"),
    ("learning: test curve shows train", "explorers/learning_curves.py", "(numbers.train, numbers.test))}", "(numbers.train, numbers.train))}"),
    ("learning: the best test error, not the last", "explorers/learning_curves.py", "in_words(numbers.test[:, :, at], scale)", "in_words(np.minimum.accumulate(numbers.test, axis=2)[:, :, at], scale)"),
    ("learning: counts what is not 0", "explorers/learning_curves.py", "exact.weights == 0", "exact.weights != 0"),
    ("learning: the start is left out", "explorers/learning_curves.py", "numbers.stops[None, None] + 1\n    x", "numbers.stops[None, None]\n    x"),
    ("learning: the state before the end", "explorers/learning_curves.py", 'numbers.states[..., None], "running"', 'numbers.states[..., None], "arrived"'),
    ("learning: penalty doubled in training", "training.py", "loss = mse + lam *", "loss = mse + 2 * lam *"),
    ("learning: bias penalised in training", "training.py", "params[:n].abs()", "params.abs()"),
    ("learning: 2/h marked at 1/h", "explorers/slider_values.py", '{"2/h": (limit,', '{"2/h": (limit / 2,'),
    ("zeros: proximal threshold halved", "training.py", "params[:n], lr * lam)", "params[:n], lr * lam / 2)"),
    ("zeros: marks exchanged", "explorers/zeros.py", "theory_marks(numbers.highest, numbers.limit)", "theory_marks(numbers.limit, numbers.highest)"),
    ("ridge: levels swapped on the markers", "explorers/ridge.py", "zip(markers, (train, test))", "zip(markers, (test, train))"),
    ("ridge: marks doubled", "drawing.py", "by_zero(weights, rows,", "by_zero(2 * weights, rows,"),
    ("ridge: the other norm", "explorers/ridge.py", "np.linalg.norm(numbers.weights, axis=1)", "np.abs(numbers.weights).sum(axis=1)"),
    ("ridge: names the positive weights", "explorers/ridge.py", "listed(w < 0)", "listed(w > 0)"),
    ("ridge: markers at the wrong λ", "explorers/ridge.py", "(lambda_coefs[:, None], level", "(lambda_coefs[::-1, None], level"),
    ("ridge: λ halved", "closed_form.py", "/ m + lambda_coef * np.eye", "/ m + lambda_coef / 2 * np.eye"),
    ("ridge: λ is picked on the weights", "explorers/ridge.py", 'pick={right: "penalty λ"}', 'pick={left: "penalty λ"}'),
    ("path: λ_1se's line at λ_min", "explorers/cross_validated_path.py", "[part.lambda_1se for part", "[part.lambda_min for part"),
    ("path: level without the SE", "explorers/cross_validated_path.py", "take_along_axis(means + ses", "take_along_axis(means"),
    ("path: band upside down", "explorers/cross_validated_path.py", "means - ses, means + ses", "means + ses, means - ses"),
    ("path: hollow where nearly 0", "drawing.py", "rows, weights == 0, filled", "rows, abs(weights) < 0.05, filled"),
    ("path: choices swapped in the words", "explorers/cross_validated_path.py", "{part.lambda_min:g}", "{part.lambda_1se:g}"),
    ("path: resamples z-scored with ddof 0", "explorers/cross_validated_path.py", "X_c.std(axis=0, ddof=1)", "X_c.std(axis=0)"),
    ("path: SE with ddof 0", "lasso_path.py", "std(axis=0, ddof=1)", "std(axis=0)"),
    ("path: two SE", "lasso_path.py", "mean[best] + se[best]]", "mean[best] + 2 * se[best]]"),
    ("path: λ is picked on the weights", "explorers/cross_validated_path.py", "fromkeys((left, middle)", "fromkeys((middle, right)"),
    ("path: λ_max marked at λ_1se", "explorers/cross_validated_path.py", "theory_marks(numbers.highest, np.nan)", "theory_marks(first.lambda_1se, np.nan)"),
    ("sign patterns: gradient − λ", "explorers/sign_patterns.py", "gradient + lam *", "gradient - lam *"),
    ("sign patterns: counts those nearly without", "explorers/sign_patterns.py", "numbers.violations < FITS", "numbers.violations < 1e-1"),
    ("sign patterns: the second next", "explorers/sign_patterns.py", "numbers.ordered[:, 1]", "numbers.ordered[:, 2]"),
    ("sign patterns: the marker on the next best", "explorers/sign_patterns.py", "best: heights[:, :1]", "best: heights[:, 1:2]"),
    ("sign patterns: signs turned", "explorers/sign_patterns.py", "ordered, signs[violations", "ordered, -signs[violations"),
    ("states: 0.85 → 0.5", "explorers/descent_states.py", "<= 0.85 *", "<= 0.5 *"),
    ("states: 1000 → 100", "explorers/descent_states.py", "ARRIVED = 1 / 1000", "ARRIVED = 1 / 100"),
    ("states: 1 % → 50 %", "explorers/descent_states.py", "** T > 0.01", "** T > 0.5"),
    ("states: T/10 → T/5", "explorers/descent_states.py", "max(T // 10, 1)", "max(T // 5, 1)"),
    ("states: two windows earlier", "explorers/descent_states.py", "max(T - 2 * window, 0) : max(T - window, 1)", "-3 * window : -2 * window"),
    ("states: λ = 0 forgotten", "explorers/descent_states.py", "lambda_coefs == 0", "lambda_coefs < 0"),
    ("states: zigzags forgotten", "explorers/descent_states.py", "np.abs(1 - np.outer(grid.lrs, eigenvalues))", "(1 - np.outer(grid.lrs, eigenvalues))"),
    ("states: 2/h of the flattest direction", "explorers/descent_states.py", "2 / eigenvalues[-1]", "2 / eigenvalues[0]"),
    ("seed ignored: load_csv", "loading/prepared.py", "default_rng(as_seed(split.seed)).permutation(rows)", "default_rng(0).permutation(rows)"),
    ("seed ignored: train_grid", "training.py", "manual_seed(as_seed(seed))", "manual_seed(0)"),
    ("seed ignored: deal_again", "explorers/cross_validated_path.py", "default_rng(as_seed(seed))", "default_rng(0)"),
    ("seed ignored: folds", "arguments.py", "default_rng(as_seed(seed))", "default_rng(0)"),
    ("seed ignored: learning curves", "explorers/learning_curves.py", "lrs, T, seed, record)", "lrs, T, 0, record)"),
    ("seed ignored: zeros", "explorers/zeros.py", "T, seed, proximal)", "T, 0, proximal)"),
    ("seed ignored: path's folds", "explorers/cross_validated_path.py", "as_folds(folds, len(X), seed)", "as_folds(folds, len(X), 0)"),
    ("in words: three decimals below 10", "explorers/errors.py", "if absolute < 99.9995:", "if absolute < 10:"),
    ("in words: whole numbers below 1e6", "explorers/errors.py", "if absolute < 99_999.5:", "if absolute < 1e6:"),
    ("live figure: opens at the first stop", "live_figure/widget.py", "stops=self._initial,", "stops=(0,) * len(self._counts),"),
    ("live figure: Reset goes to the first stop", "live_figure/widget.py", '"start": list(self._initial)', '"start": [0] * len(self._counts)'),
    ("live figure: the layout may shift", "live_figure/layouts.py", 'set_layout_engine("none")', "get_layout_engine()"),
    ("live figure: points half a pixel off", "live_figure/svg_lines.py", "np.rint(zero + steps", "np.rint(zero + 8 + steps"),
    ("live figure: no room beyond the axes", "live_figure/svg_lines.py", "zero = (LAST - steps) // 2", "zero = 0"),
    ("live figure: alpha is dropped", "live_figure/svg_lines.py", "keep_alpha=True", "keep_alpha=False"),
    ("live figure: dashes in points, not px", "live_figure/svg_lines.py", "[length * self.scale for length", "[length for length"),
    ("live figure: markers upside down", "live_figure/svg_lines.py", "(scale, -scale)", "(scale, scale)"),
    ("live figure: caps are butt", "live_figure/svg_lines.py", '"projecting": "square"}.get(gc.get_capstyle(), gc.get_capstyle())', '"projecting": "square"}.get(gc.get_capstyle(), "butt")'),
    ("live figure: sentence of the mirrored stop", "live_figure/stops.py", "words[at_stop(which, at)]", "words[at_stop(which[::-1], at)]"),
    ("live figure: readouts travel transposed", "live_figure/layouts.py", "[which >> 16, which & 0xFFFF]", "[which & 0xFFFF, which >> 16]"),
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
    ("live figure: far points wrap round", "live_figure/svg_lines.py", "np.clip(np.rint(zero + steps * np.nan_to_num(share)), *ends)", "np.rint(zero + steps * np.nan_to_num(share))"),
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
    ("live figure: arrows where a stroke comes back", "live_figure/svg_lines.py", "if not outside[-1:].any():", "if not outside.any():"),
    ("live figure: arrows on what is inside", "live_figure/svg_lines.py", "zip(place[outside], beyond[outside])", "zip(place, beyond)"),
    ("live figure: arrows point in", "live_figure/svg_lines.py", "int(point[axis] > 0)", "int(point[axis] <= 0)"),
    ("live figure: changes from the next but one", "live_figure/layouts.py", "change[lag:] -= change[:-lag].copy()", "change[2 * lag :] -= change[: -2 * lag].copy()"),
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
