"""Mean average precision of boxes over classes and IoU thresholds, COCO's way.

Source: pycocotools.cocoeval, `evaluateImg` (matching) and `accumulate` (101 points), without crowds and
without ranges of area.

    envelope(r) = max of precision over all ranks with recall >= r, or 0 where there is none
    AP = mean of envelope(r) over r = 0, 0.01, ..., 1
    mAP = mean of AP over the classes of the truths and over the thresholds
"""

from collections.abc import Sequence

import numpy as np

_MAX_DETECTIONS = 100  # per image and class


def mean_average_precision(
    detections: list[dict[str, np.ndarray]],
    truths: list[dict[str, np.ndarray]],
    iou_thresholds: Sequence[float] | None = None,
) -> float:
    if iou_thresholds is None:
        iou_thresholds = np.arange(10, 20) / 20
    classes = {label for truth in truths for label in truth["labels"]}
    if not classes:
        return np.nan
    aps = []
    for label in classes:
        scores, ious, num_truths = [], [], 0
        for image, truth in enumerate(truths):
            objects = truth["boxes"][truth["labels"] == label]  # (k, 4)
            own = detections[image]["labels"] == label
            own_boxes, own_scores = detections[image]["boxes"][own], detections[image]["scores"][own]
            best = np.argsort(-own_scores, kind="stable")[:_MAX_DETECTIONS]  # (n,), best first
            scores.append(own_scores[best])
            ious.append(_box_iou(own_boxes[best], objects))  # (n, k)
            num_truths += len(objects)
        for threshold in iou_thresholds:
            hits = [_match(one, threshold) for one in ious]  # (n,) for each image
            aps.append(_average_precision(np.concatenate(scores), np.concatenate(hits), num_truths))
    return sum(aps) / len(aps)


def _match(ious: np.ndarray, iou_threshold: float) -> np.ndarray:
    """Return whether each detection, best first, gets an object, from their IoUs (n, k): shape (n,)."""
    hits = np.zeros(len(ious), dtype=bool)
    free = np.ones(ious.shape[1], dtype=bool)
    for i, row in enumerate(ious):
        candidates = np.flatnonzero(free & (row >= iou_threshold))
        if candidates.size:
            hits[i] = True
            free[candidates[np.argmax(row[candidates])]] = False
    return hits


def _average_precision(scores: np.ndarray, hits: np.ndarray, num_truths: int) -> float:
    """Return the mean of the envelope at 101 recalls, from detections in any order, shape (n,)."""
    ranking = np.argsort(-scores, kind="stable")  # (n,), best first
    found = np.cumsum(hits[ranking])  # (n,), among the first 1, 2, ..., n
    recall = found / num_truths  # (n,), never falls
    precision = found / np.arange(1, len(found) + 1)  # (n,)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]  # (n,), never rises
    first = np.searchsorted(recall, np.linspace(0, 1, 101))  # first rank with recall >= r, or n
    return np.append(envelope, 0)[first].mean()


def _box_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the IoU of every box of `a`, shape (n, 4), with every box of `b`, shape (k, 4): shape (n, k)."""
    top_left = np.maximum(a[:, None, :2], b[:, :2])  # (n, k, 2)
    bottom_right = np.minimum(a[:, None, 2:], b[:, 2:])  # (n, k, 2)
    intersection = np.clip(bottom_right - top_left, 0, None).prod(axis=2)  # (n, k)
    return intersection / (_area(a)[:, None] + _area(b) - intersection)


def _area(boxes: np.ndarray) -> np.ndarray:
    """Return the areas of boxes, shape (n, 4): shape (n,)."""
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
