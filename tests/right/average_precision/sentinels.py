"""With a sentinel at either end of the curve and a mask per grid point, as evaluation scripts have it."""

import numpy as np


def average_precision(scores, is_true_positive, num_truths, method="continuous"):
    if num_truths == 0:
        return np.array(np.nan)
    order = np.lexsort((np.arange(len(scores)), -scores))
    flags = is_true_positive[order].astype(bool)
    tp, fp = np.cumsum(flags), np.cumsum(~flags)
    rec = tp / float(num_truths)
    prec = tp / np.maximum(tp + fp, np.finfo(np.float64).eps)
    if method == "continuous":
        mrec = np.concatenate(([0.0], rec, [1.0]))
        mpre = np.concatenate(([0.0], prec, [0.0]))
        for i in range(mpre.size - 1, 0, -1):
            mpre[i - 1] = np.maximum(mpre[i - 1], mpre[i])
        i = np.where(mrec[1:] != mrec[:-1])[0]
        return np.array(np.sum((mrec[i + 1] - mrec[i]) * mpre[i + 1]))
    step = {"voc07": 0.1, "coco": 0.01}[method]
    grid = np.arange(0.0, 1.0 + step, step)
    ap = 0.0
    for t in grid:
        ap += (np.max(prec[rec >= t]) if np.any(rec >= t) else 0.0) / len(grid)
    return np.array(ap)
