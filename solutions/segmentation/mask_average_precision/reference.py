"""Average precision of an instance segmentation at one IoU threshold, one image and one class, COCO's way.

Source: pycocotools.cocoeval, `evaluateImg` (matching) and `accumulate` (101 points).

    envelope(r) = max of precision over all ranks with recall >= r, or 0 where there is none
    AP = mean of envelope(r) over r = 0, 0.01, ..., 1
"""

import numpy as np


def mask_average_precision(
    masks: np.ndarray, scores: np.ndarray, truth_masks: np.ndarray, iou_threshold: float = 0.5
) -> float:
    num_truths = len(truth_masks)
    if not num_truths:
        return np.nan
    ranking = np.argsort(-scores, kind="stable")  # (n,), best first
    hits = np.cumsum(_match(_ious(masks[ranking], truth_masks), iou_threshold))  # (n,)
    recall = hits / num_truths  # (n,), never falls
    precision = hits / np.arange(1, len(hits) + 1)  # (n,)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]  # (n,), never rises
    first = np.searchsorted(recall, np.linspace(0, 1, 101))  # first rank with recall >= r, or n
    return np.append(envelope, 0)[first].mean()


def _ious(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the IoU of masks (n, H, W) and (k, H, W): shape (n, k)."""
    intersection = (a[:, None] & b).sum(axis=(2, 3))
    union = (a[:, None] | b).sum(axis=(2, 3))
    return intersection / np.maximum(union, 1)


def _match(ious: np.ndarray, iou_threshold: float) -> np.ndarray:
    """Return whether each detection, best first, gets a truth, from their IoUs (n, k): shape (n,)."""
    hits = np.zeros(len(ious), dtype=bool)
    free = np.ones(ious.shape[1], dtype=bool)
    for i, row in enumerate(ious):
        candidates = row * free  # (k,), 0 for truths that are taken
        best = candidates.argmax()
        if candidates[best] >= iou_threshold:
            hits[i] = True
            free[best] = False
    return hits
