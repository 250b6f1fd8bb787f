"""Plain Python: lists, sorted with a key, no numpy until the end."""

import numpy as np


def hard_negative_mining(losses, is_positive, ratio=3):
    keep = []
    for row, positive in zip(losses.tolist(), is_positive.tolist(), strict=True):
        negatives = [i for i, flag in enumerate(positive) if not flag]
        negatives.sort(key=lambda i: row[i], reverse=True)
        hard = set(negatives[: ratio * sum(positive)])
        keep.append([flag or i in hard for i, flag in enumerate(positive)])
    return np.array(keep, dtype=bool).reshape(losses.shape)
