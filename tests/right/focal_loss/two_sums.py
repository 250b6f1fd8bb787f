"""Positives and negatives apart, by boolean indexing; softplus in float64; two sums and a division."""

import torch
import torch.nn.functional as F


def focal_loss(logits, targets, alpha=0.25, gamma=2.0):
    x = logits.double()
    positive = targets.bool()
    hit, miss = x[positive], x[~positive]
    total = alpha * (torch.sigmoid(-hit) ** gamma * F.softplus(-hit)).sum()
    total = total + (1 - alpha) * (torch.sigmoid(miss) ** gamma * F.softplus(miss)).sum()
    return (total / x.numel()).to(logits.dtype)
