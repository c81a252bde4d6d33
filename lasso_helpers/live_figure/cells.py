"""Which explorers each cell of the notebook has open."""

import gc

from IPython import get_ipython

_open_by_cell: dict = {}  # cell id -> (the execution's message id, the LiveFigures it made)


def close_what_this_cell_had(live):
    """Close the explorers of this cell's earlier execution. ipywidgets keeps every widget until it is
    closed; where a front end does not say which cell runs, nothing is closed."""
    kernel = getattr(get_ipython(), "kernel", None)
    parent = kernel.get_parent() if kernel else {}
    cell = (parent.get("metadata") or {}).get("cellId")
    if cell is None:
        return
    execution = parent["header"]["msg_id"]
    ran, opened = _open_by_cell.get(cell, (execution, []))
    if ran != execution:
        for earlier in opened:
            earlier.close()
        opened = []
        gc.collect()  # a figure's parts hold each other, and are freed late otherwise
    _open_by_cell[cell] = (execution, [*opened, live])
