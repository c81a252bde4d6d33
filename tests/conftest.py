import numpy as np
import pytest
import torch
from matplotlib import pyplot as plt

import lasso_helpers
from lasso_helpers import drawing
from lasso_helpers.live_figure import widget


@pytest.fixture(scope="session")
def prostate():
    return lasso_helpers.load_prostate()


@pytest.fixture(scope="session")
def diabetes():
    return lasso_helpers.load_diabetes()


@pytest.fixture(scope="session")
def problem():
    """X (30, 4) with means that are not 0 and correlated columns, y (30, 1): float64 tensors."""
    rng = np.random.default_rng(7)
    X = rng.standard_normal((30, 4)) @ rng.standard_normal((4, 4)) + 2
    y = X @ [[1.0], [-2.0], [0.0], [0.5]] + 3 + rng.standard_normal((30, 1))
    return torch.tensor(X), torch.tensor(y)


@pytest.fixture(autouse=True)
def no_figure_stays_open():
    yield
    left_open = plt.get_fignums()
    plt.close("all")
    assert not left_open


@pytest.fixture
def displayed(monkeypatch):
    """What the package displays, as (data, metadata), in place of showing it."""
    outputs = []
    for module in (widget, drawing):
        monkeypatch.setattr(
            module, "display", lambda data, raw, metadata=None: outputs.append((data, metadata))
        )
    return outputs
