"""Counts for every negative how many negatives of its image come before it; no sort at all."""

import numpy as np


def hard_negative_mining(losses, is_positive, ratio=3):
    anchors = losses.shape[1]
    mine, theirs = losses[:, :, None], losses[:, None, :]
    earlier = np.tri(anchors, k=-1, dtype=bool)
    ahead = ((theirs > mine) | ((theirs == mine) & earlier)) & ~is_positive[:, None, :]
    hard = ahead.sum(axis=2) < ratio * np.count_nonzero(is_positive, axis=1)[:, None]
    return np.logical_or(is_positive, hard)
