"""A flat module: alpha goes into the cross-entropy as its weight, and 1 - p_t is the distance |t - p|."""

import torch
from torch import nn


class Focal(nn.Module):
    def __init__(self, alpha, gamma):
        super().__init__()
        self.alpha, self.gamma = alpha, gamma

    def forward(self, x, t):
        weight = torch.lerp(torch.full_like(x, 1 - self.alpha), torch.full_like(x, self.alpha), t)
        loss = nn.functional.binary_cross_entropy_with_logits(x, t, weight=weight, reduction="none")
        return (loss * (t - x.sigmoid()).abs().pow(self.gamma)).sum() / x.numel()


def focal_loss(logits, targets, alpha=0.25, gamma=2.0):
    return Focal(alpha, gamma)(logits.reshape(-1), targets.reshape(-1))
