"""The columns of a `Dataset` as histograms."""

from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from .. import drawing

MOST = 11  # features; with the label they fill three rows of four
BINS = 20


def histograms(data, raw):
    """(figure, what it shows): the first features' training rows, raw (m, n), and the label's."""
    columns = dict(zip(data.feature_names[:MOST], raw.T)) | {data.label: data.exact.y_train.numpy()[:, 0]}
    rows = -(-len(columns) // 4)
    with style.context("lasso_helpers.classroom"):
        figure = Figure(figsize=(9.6, 1.9 * rows + 0.2), layout="constrained")
        axes = figure.subplots(rows, 4, squeeze=False).ravel()
        for ax in axes[len(columns) :]:
            ax.remove()
        for ax, (name, values) in zip(axes, columns.items()):
            ax.hist(values, BINS, color=drawing.INK if name == data.label else drawing.TRAIN)
            ax.set_title(name.replace("$", r"\$"), fontsize=13)
            ax.set(yticks=[])
            drawing.plain_numbers(ax.xaxis, MaxNLocator(3, integer=bool((values == values.round()).all())))
    more = len(data.feature_names) - MOST
    alt = f"Histograms of {', '.join(columns)} over the {len(data.X_train)} training rows"
    return figure, alt + (f", without {more} other features." if more > 0 else ".")
