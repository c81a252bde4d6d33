"""What several exercises have in common: the squared error, its gradient, the soft threshold."""

PAIRED = "every prediction was paired with every label: (m, 1) − (m,) is (m, m). Keep "
# mistakes in the error of an objective, but for the convention that "half" is
OF_THE_ERROR = {
    "sum": "the squared errors are summed, where their mean is wanted: the 1/m is missing",
    "root": "the root of the squared error was taken: the objective has none",
}


def squared_error(w, b, X, y, error="mean", with_bias=True, paired=False):
    """The MSE of the predictions, or what was made of it: its "sum", "half" or "root"."""
    squares = (X @ w + with_bias * b - (y[:, 0] if paired else y)) ** 2
    if error == "sum":
        return squares.sum()
    return {"mean": squares.mean(), "half": squares.mean() / 2, "root": squares.mean().sqrt()}[error]


def slope(w, b, X, y):
    """The gradient of the MSE in w (n, 1)."""
    return 2 / len(X) * X.T @ (X @ w + b - y)


def slope_b(w, b, X, y):
    """The gradient of the MSE in b (1,)."""
    return 2 * (X @ w + b - y).mean(0)


def soft(v, threshold):
    """Pulled towards 0, and 0 within the threshold."""
    return v.sign() * (v.abs() - threshold).clamp(min=0)


def hard(v, threshold):
    """0 within the threshold, the rest as it is."""
    return v * (v.abs() > threshold)
