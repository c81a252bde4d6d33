"""Self-checks that name the mistake.

`mechanism` tries an answer and judges it, the same way for all. The other files are the catalogue, a file
a notebook: an exercise is a reference and its usual mistakes, as formulas.
"""

from . import autograd, descent, own_data, path, penalty, ridge, scaling, zeros
from .mechanism import EXERCISES, Exercise, Verdict, check
