"""The expanded square in torch, in the dtype that comes in, clamped at 0."""

import torch


def pairwise_distance(a, b):
    a, b = torch.tensor(a), torch.tensor(b)
    squared = a.pow(2).sum(1, keepdim=True) + b.pow(2).sum(1) - 2 * a.mm(b.t())
    return squared.clamp(min=0).sqrt().numpy()
