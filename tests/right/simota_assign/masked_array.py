"""Partition for the largest IoUs, a numpy masked array for the claims, its argmin for the conflicts."""

import numpy as np


def simota_assign(cost, ious, top_k=10):
    num_truths, num_anchors = cost.shape
    if num_truths == 0:
        return np.full((num_anchors,), -1, dtype=np.int8)
    first = num_anchors - min(top_k, num_anchors)
    sums = np.partition(ious, first, axis=1)[:, first:].sum(axis=-1)
    claimed = np.zeros((num_truths, num_anchors), bool)
    for mine, row, k in zip(claimed, cost, np.maximum(np.trunc(sums), 1).astype(np.intp), strict=True):
        mine[np.argsort(row, kind="mergesort")[:k]] = True
    cheapest = np.ma.masked_array(cost, mask=~claimed).argmin(axis=0)
    return np.where(claimed.any(axis=0), cheapest, -1)
