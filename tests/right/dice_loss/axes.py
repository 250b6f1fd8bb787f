"""Sums over a tuple of axes; the mean of the ratios first, the difference from 1 last."""

import torch


def dice_loss(logits, targets, eps=1.0):
    p = logits.sigmoid()
    axes = tuple(range(1, p.dim()))
    inter = torch.sum(p * targets, dim=axes)
    dice = (2.0 * inter + eps) / (p.sum(axes) + targets.sum(axes) + eps)
    return 1 - dice.mean()
