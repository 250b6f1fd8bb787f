"""Columns of taken truths are set to -1; the envelope by a comparison of every point with every recall."""

import numpy as np


def mask_average_precision(masks, scores, truth_masks, iou_threshold=0.5):
    if not len(truth_masks):
        return np.array(np.nan)
    a = masks.reshape(len(masks), masks[0].size if len(masks) else 0).astype(int)
    b = truth_masks.reshape(len(truth_masks), truth_masks[0].size).astype(int)
    if not len(a):
        return np.array(0.0)
    inter = np.einsum("np,kp->nk", a, b)
    ious = inter / np.clip(a.sum(1, keepdims=True) + b.sum(1) - inter, 1, None)
    hits = np.zeros(len(a))
    order = np.lexsort((np.arange(len(scores)), -scores))
    for position, i in enumerate(order):
        j = np.argmax(ious[i])
        if ious[i, j] >= iou_threshold:
            hits[position] = 1
            ious[:, j] = -1
    found = hits.cumsum()
    precision = found / (np.arange(len(found)) + 1)
    reached = found / len(b) >= np.arange(101)[:, None] / 100
    return np.array(np.where(reached, precision, 0).max(axis=1).mean())
