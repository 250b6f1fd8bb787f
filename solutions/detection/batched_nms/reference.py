"""Non-maximum suppression within classes, in one pass: a box suppresses only what shares its label.

Source: greedy suppression as in R. Girshick et al., CVPR 2014, section 2.2; strict comparison, and order over
all classes, as in torchvision.ops.batched_nms.
"""

import numpy as np


def batched_nms(
    boxes: np.ndarray, scores: np.ndarray, labels: np.ndarray, iou_threshold: float
) -> np.ndarray:
    order = np.argsort(-scores, kind="stable")  # (n,), best first
    kept = []
    while order.size:
        best, rest = order[0], order[1:]
        kept.append(best)
        suppressed = (labels[rest] == labels[best]) & (_iou(boxes[best], boxes[rest]) > iou_threshold)
        order = rest[~suppressed]
    return np.array(kept, dtype=np.int64)


def _iou(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the IoU of one box, shape (4,), with each of the others, shape (m, 4): shape (m,)."""
    top_left = np.maximum(box[:2], others[:, :2])  # (m, 2)
    bottom_right = np.minimum(box[2:], others[:, 2:])  # (m, 2)
    intersection = np.clip(bottom_right - top_left, 0, None).prod(axis=1)  # (m,)
    return intersection / (_area(box) + _area(others) - intersection)


def _area(boxes: np.ndarray) -> np.ndarray:
    """Return the areas of boxes, shape (..., 4): shape (...)."""
    return (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])
