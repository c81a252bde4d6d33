"""The exercises of the series, a file a notebook: each is the right formula and its usual mistakes."""

from . import (  # noqa: F401 (to import them is to register their exercises)
    notebook_00,
    notebook_01,
    notebook_02,
    notebook_03,
    notebook_04,
    notebook_05,
    notebook_06,
    notebook_07,
)
