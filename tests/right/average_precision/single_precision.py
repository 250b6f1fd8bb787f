"""Vectorised over grid and detections at once, in float32 throughout."""

import numpy as np


def average_precision(scores, is_true_positive, num_truths, method="continuous"):
    if num_truths == 0:
        return np.float32(np.nan)
    order = (-scores).argsort(kind="mergesort")
    tp = np.asarray(is_true_positive, np.float32)[order].cumsum()
    rec = tp / np.float32(num_truths)
    prec = tp / np.arange(1, tp.size + 1, dtype=np.float32)
    if method == "continuous":
        grid = np.arange(1, num_truths + 1, dtype=np.float32) / np.float32(num_truths)
    else:
        grid = np.linspace(0, 1, 11 if method == "voc07" else 101, dtype=np.float32)
    reached = rec[None, :] >= grid[:, None]  # (grid, n)
    return np.where(reached, prec, np.float32(0)).max(axis=1, initial=0).mean()
