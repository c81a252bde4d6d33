"""Self-checks that name the mistake.

`catalogue` holds the exercises, a file a notebook, each with its right formula and its usual mistakes;
`exercises` says how one is written. An answer is run on drawn data (`trying`) and compared with the
formulas (`judging`, by means of `results`); what no formula gives is described (`describing`).
A handout's notebooks go on with `ours` (`going_on`).
"""

from . import catalogue  # which fills EXERCISES
from .exercises import EXERCISES, Exercise
from .going_on import ours
from .judging import check
from .verdicts import Verdict

__all__ = ["EXERCISES", "Exercise", "Verdict", "catalogue", "check", "ours"]
