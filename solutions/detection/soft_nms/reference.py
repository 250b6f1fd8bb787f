"""Gaussian Soft-NMS: select the best current score, decay what is left by its overlap, repeat.

Source: N. Bodla et al., ICCV 2017, section 3. When box M is selected, each box b_i not yet selected gets

    s_i <- s_i exp(-iou(M, b_i)^2 / sigma)

The score threshold is that of the authors' program, cpu_soft_nms.
"""

import numpy as np


def soft_nms(
    boxes: np.ndarray, scores: np.ndarray, sigma: float = 0.5, score_threshold: float = 0.001
) -> tuple[np.ndarray, np.ndarray]:
    current = scores.copy()  # (n,)
    left = np.arange(
        len(scores)
    )  # what is not selected yet, ascending: argmax then finds the earlier of equals
    selected = []
    while left.size:
        best = left[np.argmax(current[left])]
        if current[best] < score_threshold:
            break
        selected.append(best)
        left = left[left != best]
        current[left] *= np.exp(-(_iou(boxes[best], boxes[left]) ** 2) / sigma)
    indices = np.array(selected, dtype=np.int64)  # (k,)
    return indices, current[indices]


def _iou(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return the IoU of one box, shape (4,), with each of the others, shape (m, 4): shape (m,)."""
    top_left = np.maximum(box[:2], others[:, :2])  # (m, 2)
    bottom_right = np.minimum(box[2:], others[:, 2:])  # (m, 2)
    intersection = np.clip(bottom_right - top_left, 0, None).prod(axis=1)  # (m,)
    return intersection / (_area(box) + _area(others) - intersection)


def _area(boxes: np.ndarray) -> np.ndarray:
    """Return the areas of boxes, shape (..., 4): shape (...)."""
    return (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])
