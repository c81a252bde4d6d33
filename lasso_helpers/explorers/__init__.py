"""The live demonstrations: numbers, and the drawing of `plots`, handed to a `LiveFigure`."""

from .descent import cut_where_it_leaves, explore_descent
from .learning_curves import explore_learning_curves
from .path import deal_again, explore_path, explore_sign_patterns, pattern_violations
from .penalty import explore_geometry, explore_one_weight
from .ridge import explore_ridge
from .shared import LRS, reference_errors, rmse_levels, round_grid
from .zeros import explore_zeros
