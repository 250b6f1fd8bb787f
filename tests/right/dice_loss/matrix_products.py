"""Sums as products with ones; what does not overlap over the total; a softmax of x and 0 for the sigmoid."""

import torch


def dice_loss(logits, targets, eps=1.0):
    p = torch.softmax(torch.stack([logits, torch.zeros_like(logits)]), dim=0)[0].flatten(1)
    t = targets.flatten(1)
    inter = torch.bmm(p.unsqueeze(1), t.unsqueeze(2)).reshape(-1)
    total = (p + t) @ torch.ones_like(p[0])
    return ((total - 2 * inter) / (total + eps)).mean()
