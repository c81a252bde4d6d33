"""The live demonstrations: numbers, and the drawing of `plots`, handed to a `LiveFigure`."""

from .descent import cut_where_it_leaves, explore_descent
from .learning_curves import LRS, explore_learning_curves
from .penalty import explore_geometry, explore_one_weight
from .ridge import explore_ridge
from .shared import reference_errors, round_grid
