import torch
from torch import nn


class added(nn.Module):
    """You add the factor; multiply by it."""

    def __init__(self, size):
        super().__init__()
        if size < 1:
            raise ValueError("size must be positive")
        self.factor = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return x + self.factor
