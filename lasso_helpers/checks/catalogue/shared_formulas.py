"""What several exercises have in common: the gradient of the squared error, the soft threshold."""


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
