"""The live demonstrations, one a file: numbers, drawing and words, handed to a `LiveFigure`."""

from .cross_validated_path import deal_again, explore_path
from .descent import explore_descent
from .errors import reference_errors, rmse_levels
from .geometry import explore_geometry
from .learning_curves import explore_learning_curves
from .one_weight import explore_one_weight
from .ridge import explore_ridge
from .sign_patterns import explore_sign_patterns
from .slider_values import LRS
from .zeros import explore_zeros
