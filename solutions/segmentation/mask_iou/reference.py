"""Intersection over union of masks: IoU = |A ∩ B| / |A ∪ B|, in pixels.

Source: T.-Y. Lin et al., "Microsoft COCO: common objects in context", ECCV 2014; pycocotools.mask.iou.
"""

import numpy as np


def mask_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    intersection = (a[:, None] & b).sum(axis=(2, 3))  # (n, 1, H, W) against (m, H, W): (n, m)
    union = (a[:, None] | b).sum(axis=(2, 3))  # (n, m)
    return intersection / np.maximum(union, 1)  # where the union is 0, so is the intersection
