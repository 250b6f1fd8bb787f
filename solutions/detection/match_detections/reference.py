"""Greedy matching of detections with the truth: by descending score, each takes the best free object.

Source: pycocotools.cocoeval, `evaluateImg`, without crowds and ignored objects.
"""

import numpy as np


def match_detections(
    boxes: np.ndarray, scores: np.ndarray, truths: np.ndarray, iou_threshold: float
) -> np.ndarray:
    ious = _box_iou(boxes, truths)  # (n, m)
    flags = np.zeros(len(boxes), dtype=bool)
    free = np.ones(len(truths), dtype=bool)
    for detection in np.argsort(-scores, kind="stable"):
        candidates = np.flatnonzero(free & (ious[detection] >= iou_threshold))
        if candidates.size:
            best = candidates[np.argmax(ious[detection, candidates])]
            flags[detection] = True
            free[best] = False
    return flags


def _box_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the IoU of every box of `a`, shape (n, 4), with every box of `b`, shape (m, 4): shape (n, m)."""
    top_left = np.maximum(a[:, None, :2], b[:, :2])  # (n, m, 2)
    bottom_right = np.minimum(a[:, None, 2:], b[:, 2:])  # (n, m, 2)
    intersection = np.clip(bottom_right - top_left, 0, None).prod(axis=2)  # (n, m)
    return intersection / (_area(a)[:, None] + _area(b) - intersection)


def _area(boxes: np.ndarray) -> np.ndarray:
    """Return the areas of boxes, shape (n, 4): shape (n,)."""
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
