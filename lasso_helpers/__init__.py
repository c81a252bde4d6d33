"""Helpers of the lasso notebooks: the model, the training loop, the solvers and the live pictures."""

from .checks import Verdict, check
from .closed_form import curvature, largest_stable_lr, ridge_closed_form
from .data import Dataset, zscore
from .drawing import show
from .explorers import (
    explore_descent,
    explore_geometry,
    explore_learning_curves,
    explore_one_weight,
    explore_path,
    explore_ridge,
    explore_sign_patterns,
    explore_zeros,
)
from .homotopy import Knot
from .lasso_path import CrossValidation, LassoPath, cross_validate, lambda_max, lasso_path
from .live_figure import LiveFigure
from .loading import from_frame, load_csv, load_diabetes, load_prostate
from .model import LassoRegression
from .progress import Progress, progress
from .proximal import Fit, duality_gap, fista, ista, soft_threshold
from .training import CurveGrid, LearningCurve, rmse, train, train_grid

__version__ = "0.3.0"

__all__ = [
    "CrossValidation",
    "CurveGrid",
    "Dataset",
    "Fit",
    "Knot",
    "LassoPath",
    "LassoRegression",
    "LearningCurve",
    "LiveFigure",
    "Progress",
    "Verdict",
    "check",
    "cross_validate",
    "curvature",
    "duality_gap",
    "explore_descent",
    "explore_geometry",
    "explore_learning_curves",
    "explore_one_weight",
    "explore_path",
    "explore_ridge",
    "explore_sign_patterns",
    "explore_zeros",
    "fista",
    "from_frame",
    "ista",
    "lambda_max",
    "largest_stable_lr",
    "lasso_path",
    "load_csv",
    "load_diabetes",
    "load_prostate",
    "progress",
    "ridge_closed_form",
    "rmse",
    "show",
    "soft_threshold",
    "train",
    "train_grid",
    "zscore",
]
