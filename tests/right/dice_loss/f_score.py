"""Dice as an F score: true positives, false positives and false negatives; tanh for the sigmoid."""

import torch


def dice_loss(logits, targets, eps=1.0):
    p = (0.5 * (torch.tanh(0.5 * logits) + 1)).view_as(logits).flatten(start_dim=1)
    t = targets.flatten(start_dim=1)
    tp = (p * t).sum(1)
    fp, fn = p.sum(1) - tp, t.sum(1) - tp
    return ((fp + fn) / (2 * tp + fp + fn + eps)).mean()
