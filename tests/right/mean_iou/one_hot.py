"""One-hot planes of every class, ignored pixels multiplied away; float32, a 0-d array, an epsilon."""

import numpy as np


def mean_iou(pred, target, num_classes, ignore_index=None):
    keep = np.ones(target.shape, bool) if ignore_index is None else target != ignore_index
    classes = np.arange(num_classes)[:, None, None, None]
    p = ((pred == classes) & keep).astype(np.float32)
    t = ((target == classes) & keep).astype(np.float32)
    inter = np.einsum("cnhw,cnhw->c", p, t)
    union = p.sum(axis=(1, 2, 3)) + t.sum(axis=(1, 2, 3)) - inter
    present = union > 0
    if not present.any():
        return np.array(np.nan)
    return np.array((inter / (union + 1e-6))[present].sum() / present.sum())
