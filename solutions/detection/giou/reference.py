"""Generalized IoU: GIoU = I / U - (H - U) / H, with the areas of intersection, union and hull.

Source: H. Rezatofighi et al., "Generalized intersection over union", CVPR 2019, section 3, algorithm 1.
"""

import numpy as np


def giou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    intersection = _area(np.maximum(a[:, :2], b[:, :2]), np.minimum(a[:, 2:], b[:, 2:]))  # (n,)
    hull = _area(np.minimum(a[:, :2], b[:, :2]), np.maximum(a[:, 2:], b[:, 2:]))  # (n,)
    union = _area(a[:, :2], a[:, 2:]) + _area(b[:, :2], b[:, 2:]) - intersection  # (n,)
    # Where the union is 0 so is the intersection, and where the hull is 0 so is all that it contains.
    iou = intersection / np.where(union > 0, union, 1)
    return iou - (hull - union) / np.where(hull > 0, hull, 1)


def _area(top_left: np.ndarray, bottom_right: np.ndarray) -> np.ndarray:
    """Return the areas between two corners, each of shape (n, 2), or 0 where they are crossed: shape (n,)."""
    return np.clip(bottom_right - top_left, 0, None).prod(axis=1)
