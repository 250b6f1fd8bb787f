"""The formula of one sample, mapped over the batch."""

import torch


def dice_loss(logits, targets, eps=1.0):
    def one(x, t):
        p = torch.sigmoid(x)
        return 1 - (2 * (p * t).sum() + eps) / (p.sum() + t.sum() + eps)

    return torch.vmap(one)(logits, targets).mean()
