"""p_t as exp of minus the cross-entropy; positives and negatives chosen by where."""

import torch
import torch.nn as nn


def focal_loss(logits, targets, alpha=0.25, gamma=2.0):
    ce = nn.BCEWithLogitsLoss(reduction="none")(logits, targets)
    pt = torch.exp(-ce)
    at = torch.where(targets > 0.5, torch.full_like(logits, alpha), torch.full_like(logits, 1 - alpha))
    return torch.mean(at * (1 - pt).pow(gamma) * ce)
