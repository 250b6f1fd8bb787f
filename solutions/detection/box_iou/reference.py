"""Intersection over union of axis-parallel boxes: IoU = |A ∩ B| / |A ∪ B| = I / (|A| + |B| - I).

Source: M. Everingham et al., "The PASCAL Visual Object Classes (VOC) Challenge", IJCV 2010, section 4.2, in
continuous coordinates as in COCO and torchvision.ops.box_iou.
"""

import numpy as np


def box_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    top_left = np.maximum(a[:, None, :2], b[:, :2])  # (n, m, 2)
    bottom_right = np.minimum(a[:, None, 2:], b[:, 2:])  # (n, m, 2)
    intersection = np.clip(bottom_right - top_left, 0, None).prod(axis=2)  # (n, m)
    areas_a = (a[:, 2:] - a[:, :2]).prod(axis=1)  # (n,)
    areas_b = (b[:, 2:] - b[:, :2]).prod(axis=1)  # (m,)
    union = areas_a[:, None] + areas_b - intersection  # (n, m)
    # Only two boxes without area have no union, and then the intersection is 0 as well.
    return intersection / np.where(union > 0, union, 1)
