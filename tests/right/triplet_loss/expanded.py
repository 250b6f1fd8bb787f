"""Distances from squared norms and inner products, clipped at 0 before the root."""

import numpy as np


def _distance(a, b):
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    squared = (a * a).sum(-1) + (b * b).sum(-1) - 2 * (a * b).sum(-1)
    return np.sqrt(np.clip(squared, 0, None))


def triplet_loss(anchor, positive, negative, margin=1.0):
    lack = _distance(anchor, positive) + margin - _distance(anchor, negative)
    return np.mean(np.clip(lack, 0, None))
