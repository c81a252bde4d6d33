"""What a `Dataset` reports: what was read, decided, made and split, and what deserves a second look."""

import html
from typing import Any, NamedTuple

import numpy as np
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from . import drawing

FIRST = ("1st row", "2nd row", "3rd row")  # shown at most, to train on
COLUMNS = 30  # shown at most
FAR = 5  # times the distance of the quartiles, beyond them
OVERLAP = 0.9  # |correlation|
FEW = 10  # training rows
MOST_PAIRED = 2000  # columns, all of whose correlations fit into memory
MOST, BINS = 11, 20  # features drawn; with the label they fill three rows of four


class Origin(NamedTuple):
    """Where a `Dataset` comes from, and what its z-scored columns were before."""

    source: str
    notes: list[str] = []  # how it was written
    done: list[str] = []  # what was decided and made
    split: list[str] = []  # how the rows were split
    looks: list[str] = []
    mean: np.ndarray = np.zeros(1)  # (n,), of the training rows in raw units, if they were scaled
    scale: np.ndarray = np.ones(1)  # (n,)


class Report:
    """Text, or HTML in a notebook. `pictures()` draws the columns."""

    def __init__(self, data: Any):
        origin = data.origin or Origin("given as tensors or arrays")
        both = np.vstack([part.numpy() for part in (data.exact.X_train, data.exact.X_test)])
        raw = both * origin.scale + origin.mean
        self._data = data
        self._raw = np.where(np.abs(raw) < 1e-9 * origin.scale, 0, raw)  # the training rows first
        self._parts = {
            "Read": [origin.source, *origin.notes],
            "Decided": origin.done,
            "Split": _split(data, origin),
            "A second look": [*origin.looks, *_second_looks(data, both, self._raw)],
        }

    def __repr__(self):
        said = "\n\n".join(
            "\n".join([part, *(f"- {line}" for line in lines)]) for part, lines in self._said()
        )
        title, table = self._table()
        return f"{said}\n\n{title}\n{table.to_string()}"

    def _repr_html_(self):
        said = "".join(
            f"<p><b>{part}</b></p><ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"
            for part, lines in self._said()
        )
        title, table = self._table()
        page = f'{said}<p><b>{title}</b></p><div style="overflow-x:auto">{table.to_html(border=0)}</div>'
        return page.replace("$", "&#36;")  # no formulas

    @property
    def decided(self) -> list[str]:
        """What was decided and made, in sentences."""
        return self._parts["Decided"]

    def pictures(self):
        """Histograms of the training rows' columns: (figure, what they show in words), as for `show`."""
        return _histograms(self._data, self._raw[: len(self._data.X_train)])

    def _said(self):
        return [(part, lines) for part, lines in self._parts.items() if lines]

    def _table(self):
        """(title, pandas DataFrame of strings), a line for each column: beside its name a few numbers."""
        import pandas

        data, m = self._data, len(self._data.X_train)
        names = [*data.feature_names[:COLUMNS], data.label]
        labels = np.vstack([part.numpy() for part in (data.exact.y_train, data.exact.y_test)])
        values = np.column_stack([self._raw[:, :COLUMNS], labels])
        more = len(data.feature_names) - COLUMNS
        beside = dict(zip(FIRST, values[:m]))
        beside |= {"mean": values[:m].mean(axis=0), "std": values[:m].std(axis=0, ddof=1)}
        beside |= {"lowest": values.min(axis=0), "highest": values.max(axis=0)}
        table = pandas.DataFrame({key: list(map(_plain, part)) for key, part in beside.items()}, index=names)
        title = "Columns, not scaled: the first training rows, mean and std of all of these,"
        title += " lowest and highest of all rows"
        return title + (f" (without {more} others)" if more > 0 else ""), table


def _plain(number):
    """Four digits or more, without a power of ten where numbers of people and money are."""
    return f"{number:.0f}" if 1e4 <= abs(number) < 1e12 else f"{number:.4g}"


def _split(data, origin):
    y = data.exact.y_train.numpy()
    mean, std, lowest, highest = map(_plain, (y.mean(), y.std(ddof=1), y.min(), y.max()))
    scaled = (
        ", z-scored with the training rows' mean and standard deviation" if (origin.scale != 1).any() else ""
    )
    return [
        f"{len(data.X_train)} rows to train on, {len(data.X_test)} to test on",
        *origin.split,
        f"{len(data.feature_names)} features{scaled}",
        f"label {data.label} in the training rows: mean {mean}, std {std}, from {lowest} to {highest}",
    ]


def _second_looks(data, X, raw):
    """Sentences on X (rows, n), scaled and raw, the training rows first."""
    y, (m, n) = data.exact.y_train.numpy(), data.X_train.shape
    if set(np.unique(y)) == {0, 1}:
        yield f"{data.label} is 0 or 1: squared error takes it as a number; classes have models of their own"
    if n >= m:
        yield f"{n} features and {m} training rows: least squares is not unique, the lasso needs λ > 0"
    counts = [np.unique(column, return_counts=True)[1] for column in X[:m].T]
    is_two = np.array([len(count) == 2 for count in counts])
    seldom = [(name, count.min()) for name, count, two in zip(data.feature_names, counts, is_two) if two]
    seldom = [f"{name} ({count})" for name, count in seldom if count < FEW]
    if seldom:
        few = f"the rarer of two values is in fewer than {FEW} training rows, its weight rests on these"
        yield f"{few}: {', '.join(seldom)}"
    labels = np.vstack([data.exact.y_train.numpy(), data.exact.y_test.numpy()])
    yield from _far([*data.feature_names, data.label], np.hstack([raw, labels]))
    scale = X[:m].std(axis=0, ddof=1)
    yield from _overlaps(data.feature_names, (X[:m] - X[:m].mean(axis=0)) / np.where(scale > 0, scale, 1))


def _far(names, table):
    """Values that lie more than FAR times the quartiles' distance beyond the quartiles."""
    low, high = np.quantile(table, (0.25, 0.75), axis=0)
    beyond = np.maximum(table - high, low - table) > FAR * (high - low)
    beyond[:, high == low] = False  # mostly one value: the others are no outliers
    if beyond.any():
        found = {names[j]: table[np.argmax(beyond[:, j]), j] for j in np.flatnonzero(beyond.any(axis=0))}
        said = ", ".join(f"{name} ({_plain(value)})" for name, value in found.items())
        yield f"far from all others: {said}"


def _overlaps(names, Z):
    if len(names) > MOST_PAIRED:
        return
    overlap = np.abs(np.triu(Z.T @ Z, k=1)) / max(len(Z) - 1, 1)
    count = int((overlap > OVERLAP).sum())
    if count:
        i, j = np.unravel_index(overlap.argmax(), overlap.shape)
        pairs = "1 pair of columns correlates" if count == 1 else f"{count} pairs of columns correlate"
        most = f"{'' if count == 1 else 'most of all '}{names[i]} and {names[j]}"
        takes = "which one the lasso takes may change with the rows"
        yield f"{pairs} above {OVERLAP} in absolute value, {most}: {takes}"


def _histograms(data, raw):
    """(figure, what it shows): the first features' training rows, raw (m, n), and the label's."""
    values = [len(np.unique(column)) for column in raw.T]
    order = sorted(range(len(values)), key=lambda j: values[j] < 3)[:MOST]  # measurements first
    names = [*(data.feature_names[j] for j in order), str(data.label)]
    columns = [*(raw[:, j] for j in order), data.exact.y_train.numpy()[:, 0]]
    rows = -(-len(columns) // 4)
    with style.context("lasso_helpers.classroom"):
        figure = Figure(figsize=(9.6, 1.9 * rows + 0.2), layout="constrained")
        axes = figure.subplots(rows, 4, squeeze=False).ravel()
        for ax in axes[len(columns) :]:
            ax.remove()
        for ax, short, values in zip(axes, drawing.short_names(names, longest=20), columns):
            ax.hist(values, _edges(values), color=drawing.INK if values is columns[-1] else drawing.TRAIN)
            ax.set_title(drawing.literal(short), fontsize=13)
            ax.set(yticks=[])
            drawing.plain_numbers(ax.xaxis, MaxNLocator(3, integer=_is_whole(values)))
    more = len(data.feature_names) - MOST
    alt = f"Histograms of {', '.join(names)} over the {len(data.X_train)} training rows"
    return figure, alt + (f", without {more} other features." if more > 0 else ".")


def _is_whole(values):
    """Whether these are whole numbers, up to the rounding of their way to z-scores and back."""
    return bool((np.abs(values - values.round()) <= 1e-9 * np.abs(values).max()).all())


def _edges(values):
    """Of the bars, whose width is never 0."""
    low, high = values.min(), values.max()
    least = max(1e-9 * max(abs(low), abs(high)), 1e-300)
    return np.linspace(low, max(high, low + least), BINS + 1)
