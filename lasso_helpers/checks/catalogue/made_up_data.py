"""Numbers for the draws, rounded to be read by hand."""

import torch


def numbers(rng, *shape, around=0.0):
    """Normal numbers to one decimal, float32."""
    return torch.tensor((rng.standard_normal(shape) + around).round(1), dtype=torch.float32)


def columns(rng, m, n):
    """X (m, n) whose columns have other means and other scales."""
    return numbers(rng, m, n) * torch.arange(1, n + 1) + torch.arange(n, 0, -1) + 0.5


def labelled(rng, m, n):
    """X (m, n) with means, y (m, 1) that follows it."""
    X = columns(rng, m, n)
    return {"X": X, "y": X @ torch.linspace(1, -1, n)[:, None] + 3 + numbers(rng, m, 1)}


def model_at(rng, m, n):
    """w (n, 1) of both signs, b (1,), X (m, n), y (m, 1)."""
    w = (-1) ** m * torch.linspace(0.9, -0.6, n)[:, None].round(decimals=1)  # their sum has either sign
    return {"w": w, "b": numbers(rng, 1, around=1), **labelled(rng, m, n)}
