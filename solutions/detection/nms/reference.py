"""Greedy non-maximum suppression.

Source: R. Girshick et al., CVPR 2014, section 2.2; strict comparison and order as in torchvision.ops.nms.
"""

import numpy as np


def nms(boxes: np.ndarray, scores: np.ndarray, iou_threshold: float) -> np.ndarray:
    order = np.argsort(-scores, kind="stable")  # (n,), best first
    kept = []
    while order.size:
        best, rest = order[0], order[1:]
        kept.append(best)
        order = rest[_iou(boxes[best], boxes[rest]) <= iou_threshold]
    return np.array(kept, dtype=np.int64)


def _iou(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the IoU of one box, shape (4,), with each of the others, shape (m, 4): shape (m,)."""
    top_left = np.maximum(box[:2], others[:, :2])  # (m, 2)
    bottom_right = np.minimum(box[2:], others[:, 2:])  # (m, 2)
    intersection = np.clip(bottom_right - top_left, 0, None).prod(axis=1)  # (m,)
    area, areas = (box[2:] - box[:2]).prod(), (others[:, 2:] - others[:, :2]).prod(axis=1)
    return intersection / (area + areas - intersection)
