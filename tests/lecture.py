"""The lecture's code, for comparison: its class with mended indentation and lr as an argument, its loop."""

import numpy as np
import torch
from torch import nn


class LectureLasso(nn.Module):
    def __init__(self, n_dims, lambda_coef=1):
        super().__init__()
        self.lambda_coef = lambda_coef
        self.weight = nn.Parameter(torch.randn((n_dims, 1)))
        self.bias = nn.Parameter(torch.randn(1))

    def predict(self, input):
        return input @ self.weight + self.bias

    def learn(self, inputs, labels, num_steps=1, lr=0.01):
        optimizer = torch.optim.SGD(self.parameters(), lr=lr)
        for _ in range(num_steps):
            predictions = self.predict(inputs)
            loss = ((predictions - labels) ** 2).mean() + self.weight.abs().sum() * self.lambda_coef
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


def lecture_run(data, lambda_coef=1, lr=0.01, num_iterations=250, seed=0, dtype=torch.float32):
    """-> the trained model, train RMSE (T,), test RMSE (T,); the start is drawn in float32 in any case."""
    X_train, y_train, X_test, y_test = data[:4] if dtype == torch.float32 else data.exact[:4]
    torch.manual_seed(seed)
    model = LectureLasso(X_train.shape[1], lambda_coef).to(dtype)
    errors = np.zeros((2, num_iterations))
    for t in range(num_iterations):
        model.learn(X_train, y_train, lr=lr)
        for part, (X, y) in enumerate(((X_train, y_train), (X_test, y_test))):
            errors[part, t] = ((model.predict(X) - y) ** 2).mean().sqrt().detach().numpy()
    return model, *errors
