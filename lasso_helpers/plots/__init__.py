"""Draws numbers on an axes, and returns the lines it drew. Knows no model and no widget.

Train is a thick blue line, test a thin vermillion one (Okabe, Ito); what is exact is dashed, references are dotted,
and features differ by their dashes: in grey, too, lines can be told apart.
Every function wants its `ax`; an explorer moves the lines that come back.
"""

from .base import INK, QUIET, TEST, TEST_QUIET, TRAIN, TRAIN_QUIET, paint, plain_log_axis, show, small_png
from .descent import descent_path, excess_curve
from .learning_curves import learning_curves, minimiser_levels, reference_levels
from .path import cv_curve, upright, violations_by_rank, weight_path
from .penalty import (
    constraint,
    contour_through,
    error_contours,
    one_weight_objective,
    one_weight_parts,
    penalty_shape,
)
from .ridge import error_against_lambda, stem_points, weight_stems
from .zeros import heights, weight_sizes, wobble_limit
