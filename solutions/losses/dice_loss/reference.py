"""Soft Dice loss of each sample, and their mean: 1 - (2 sum(p t) + eps) / (sum(p) + sum(t) + eps).

Source: F. Milletari et al., "V-Net", 3DV 2016, section 3; plain sums in the denominator as in C. H. Sudre et
al., "Generalised Dice overlap as a deep learning loss function for highly unbalanced segmentations", 2017.
"""

import torch


def dice_loss(logits: torch.Tensor, targets: torch.Tensor, eps: float = 1.0) -> torch.Tensor:
    probabilities = torch.sigmoid(logits).flatten(1)  # (n, elements)
    truths = targets.flatten(1)  # (n, elements)
    intersection = (probabilities * truths).sum(dim=1)  # (n,)
    total = (probabilities + truths).sum(dim=1)  # (n,)
    return (1 - (2 * intersection + eps) / (total + eps)).mean()
