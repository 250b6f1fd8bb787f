"""Trapezoids under the envelope: a hit is as high there as the false alarm before it, so none is slanted."""

import numpy as np


def average_precision(scores, is_true_positive, num_truths, method="continuous"):
    if num_truths < 1:
        return float("nan")
    if scores.size == 0:
        return 0
    ranked = is_true_positive[np.argsort(-scores, kind="stable")] != 0
    precision = np.add.accumulate(ranked, dtype=np.int64) / (1 + np.arange(ranked.size))
    recall = np.add.accumulate(ranked, dtype=np.int64) / num_truths
    for i in range(ranked.size - 2, -1, -1):
        precision[i] = max(precision[i], precision[i + 1])
    if method == "continuous":
        return np.trapezoid([precision[0], *precision], [0.0, *recall])
    points = 10 if method == "voc07" else 100
    heights = [
        precision[np.argmax(recall >= k / points)] for k in range(points + 1) if recall[-1] >= k / points
    ]
    return sum(heights) / (points + 1)
