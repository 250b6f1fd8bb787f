"""One element after the other, the logarithm by log1p of an exponential that never overflows."""

import torch


def focal_loss(logits, targets, alpha=0.25, gamma=2.0):
    total = torch.zeros((), dtype=logits.dtype)
    for x, t in zip(logits.flatten(), targets.flatten(), strict=True):
        weight, odds = (alpha, x) if t.item() == 1 else (1.0 - alpha, -x)
        tail = torch.log1p(torch.exp(-odds.abs()))
        cost = tail if odds >= 0 else tail - odds
        total = total + weight * (1.0 - torch.sigmoid(odds)) ** gamma * cost
    return total / logits.numel()
