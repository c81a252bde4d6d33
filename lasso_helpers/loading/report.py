"""What `data.report()` says: what was read, decided, made and split, and what deserves a second look."""

import html
from typing import Any, NamedTuple

import numpy as np

ROWS, COLUMNS = 3, 30  # shown at most
FAR = 6  # standard deviations from the mean
OVERLAP = 0.9  # |correlation|
FEW = 10  # training rows


class Origin(NamedTuple):
    """Where a `Dataset` comes from, and what its z-scored columns were before."""

    source: str
    notes: list[str]  # how it was written
    done: list[str]  # what was decided and made
    looks: list[str]
    mean: np.ndarray  # (n,), of the training rows in raw units; 0 where nothing was scaled
    scale: np.ndarray  # (n,), 1 where nothing was scaled


class Report:
    """Text, or HTML in a notebook. `pictures()` draws the columns."""

    def __init__(self, data: Any):
        self._data, origin = data, data.origin
        self._parts = {
            "Read": [origin.source, *origin.notes],
            "Decided": origin.done,
            "Split": _split(data),
            "A second look": [*origin.looks, *_second_looks(data)],
        }

    def __repr__(self):
        said = "\n\n".join(
            "\n".join([part, *(f"- {line}" for line in lines)]) for part, lines in self._said()
        )
        tables = (f"{title}\n{table.to_string()}" for title, table in self._tables())
        return "\n\n".join([said, *tables])

    def _repr_html_(self):
        said = "".join(
            f"<p><b>{part}</b></p><ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"
            for part, lines in self._said()
        )
        tables = (f"<p><b>{title}</b></p>{table.to_html(border=0)}" for title, table in self._tables())
        return "".join([said, *tables])

    def pictures(self):
        """The columns of the training rows as histograms: (figure, what it shows in words), as `show` takes."""
        from .pictures import histograms

        return histograms(self._data)

    def _said(self):
        return [(part, lines) for part, lines in self._parts.items() if lines]

    def _tables(self):
        """(title, pandas DataFrame of strings) of the first rows and of the columns."""
        import pandas

        data = self._data
        names = [*data.feature_names[:COLUMNS], data.label]
        values = np.column_stack([raw(data)[:, :COLUMNS], data.exact.y_train.numpy()])
        more = len(data.feature_names) - COLUMNS
        first = pandas.DataFrame([[f"{x:.4g}" for x in row] for row in values[:ROWS]], columns=names)
        stats = {"mean": values.mean(axis=0), "std": values.std(axis=0, ddof=1)}
        stats |= {"lowest": values.min(axis=0), "highest": values.max(axis=0)}
        about = pandas.DataFrame(
            {key: [f"{x:.4g}" for x in part] for key, part in stats.items()}, index=names
        )
        title = "Columns, over the training rows" + (f" (without {more} others)" if more > 0 else "")
        return [("First training rows", first), (title, about)]


def raw(data: Any) -> np.ndarray:
    """The training rows in raw units, (m, n)."""
    return data.exact.X_train.numpy() * data.origin.scale + data.origin.mean


def _split(data):
    y = data.exact.y_train.numpy()
    return [
        f"{len(data.X_train)} rows to train on, {len(data.X_test)} to test on",
        f"{len(data.feature_names)} features"
        + ", z-scored by the training rows" * bool((data.origin.scale != 1).any()),
        f"label {data.label}: mean {y.mean():.4g}, std {y.std(ddof=1):.4g}, from {y.min():.4g} to {y.max():.4g}",
    ]


def _second_looks(data):
    X, y = data.exact.X_train.numpy(), data.exact.y_train.numpy()
    m, n = X.shape
    if set(np.unique(y)) == {0, 1}:
        yield f"{data.label} is 0 or 1: the lasso's squared error treats it as a number; a class has other models"
    if n >= m:
        yield f"{n} features and {m} training rows: least squares is not unique, the lasso needs λ > 0"
    values = raw(data)
    for name, column in zip(data.feature_names, values.T):
        counts = np.unique(column, return_counts=True)[1]
        if len(counts) == 2 and counts.min() < FEW:
            rows = f"{counts.min()} training row" + "s" * int(counts.min() > 1)
            yield f"{name}: one of its two values stands in {rows}; where a fold lacks it, its weight there is 0"
    scale = X.std(axis=0, ddof=1)
    far = np.abs(X - X.mean(axis=0)).max(axis=0) / np.where(scale > 0, scale, 1)
    for j in np.flatnonzero(far > FAR):
        yield f"{data.feature_names[j]}: a value {far[j]:.0f} standard deviations from the mean"
    yield from _overlaps(data, X, scale)


def _overlaps(data, X, scale):
    Z = (X - X.mean(axis=0)) / np.where(scale > 0, scale, 1) / np.sqrt(max(len(X) - 1, 1))
    correlation = np.triu(Z.T @ Z, k=1)
    for i, j in np.argwhere(np.abs(correlation) > OVERLAP)[:10]:
        names = f"{data.feature_names[i]} and {data.feature_names[j]}"
        yield f"{names} overlap (correlation {correlation[i, j]:.2f}): the lasso may take either"
