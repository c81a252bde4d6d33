"""The lecture's class."""

import torch
from numpy.typing import ArrayLike
from torch import nn

from .arguments import as_count, as_inputs_and_labels, as_matrix, as_number


class LassoRegression(nn.Module):
    """Linear regression with an L1 penalty, trained by (sub)gradient descent with autograd:

        L_S(w, b) = (1/m) Σ (xᵢᵀw + b − yᵢ)² + λ‖w‖₁.

    n_dims = n, lambda_coef = λ ≥ 0. `.weight` (n, 1) and `.bias` (1,) are float32 and start at
    `torch.randn` draws, the weight first; bias is the lecture's name for the intercept b. Source: the
    lecture note, behaviour kept exactly; the loss stands in a method of its own, and the learning rate is
    an argument.
    """

    def __init__(self, n_dims: int, lambda_coef: float = 1) -> None:
        n_dims = as_count("n_dims", n_dims)
        as_number("lambda_coef", lambda_coef, at_least=0)
        super().__init__()
        self.lambda_coef = lambda_coef
        self.weight = nn.Parameter(torch.randn((n_dims, 1)))
        self.bias = nn.Parameter(torch.randn(1))

    def predict(self, input: ArrayLike) -> torch.Tensor:
        """input @ w + b: (m, n) -> (m, 1)."""
        input = as_matrix("input", input, torch.float32)
        if input.shape[1] != len(self.weight):
            raise ValueError(f"input must have n_dims = {len(self.weight)} columns, got {input.shape[1]}")
        return input @ self.weight + self.bias

    def loss(self, inputs: ArrayLike, labels: ArrayLike) -> torch.Tensor:
        """L_S at the present weights and intercept: inputs (m, n), labels (m, 1) -> a scalar tensor."""
        inputs, labels = as_inputs_and_labels(inputs, labels, torch.float32, ("inputs", "labels"))
        squared_error = ((self.predict(inputs) - labels) ** 2).mean()
        return squared_error + self.weight.abs().sum() * self.lambda_coef

    def learn(self, inputs: ArrayLike, labels: ArrayLike, num_steps: int = 1, lr: float = 0.01) -> None:
        """num_steps steps of descent on all rows: (w, b) ← (w, b) − α ∇L_S, lr = α > 0."""
        num_steps = as_count("num_steps", num_steps)
        lr = as_number("lr", lr, above=0)
        optimizer = torch.optim.SGD(self.parameters(), lr=lr)
        for _ in range(num_steps):
            # Forward pass: the loss at the present weights.
            loss = self.loss(inputs, labels)
            # Forget the gradient of the step before; autograd adds to what is there.
            optimizer.zero_grad()
            # Backward pass: the gradient of the loss.
            loss.backward()
            # The step downhill.
            optimizer.step()
