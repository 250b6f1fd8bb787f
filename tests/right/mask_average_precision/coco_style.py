"""As in cocoeval: cumulated true and false positives, an envelope by a loop from the right, searchsorted."""

import numpy as np


def mask_average_precision(masks, scores, truth_masks, iou_threshold=0.5):
    n, k = masks.shape[0], truth_masks.shape[0]
    if k == 0:
        return float("nan")
    if n == 0:
        return 0
    order = np.argsort(-scores, kind="mergesort")
    d = masks[order].reshape(n, -1).astype(np.float32)
    g = truth_masks.reshape(k, -1).astype(np.float32)
    inter = d @ g.T
    union = d.sum(1)[:, None] + g.sum(1)[None] - inter
    ious = np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)
    taken = np.zeros(k, dtype=int)
    tp = np.zeros(n)
    for i in range(n):
        best, match = min(iou_threshold, 1 - 1e-10), -1
        for j in range(k):
            if taken[j] or ious[i, j] < best:
                continue
            best, match = ious[i, j], j
        if match >= 0:
            taken[match] = 1
            tp[i] = 1
    tps, fps = np.cumsum(tp), np.cumsum(1 - tp)
    recall = tps / k
    precision = (tps / (tps + fps + np.spacing(1))).tolist()
    for i in range(n - 1, 0, -1):
        precision[i - 1] = max(precision[i - 1], precision[i])
    q = np.zeros(101)
    for r, at in enumerate(np.searchsorted(recall, np.linspace(0.0, 1.0, 101), side="left")):
        if at < n:
            q[r] = precision[at]
    return np.mean(q)
