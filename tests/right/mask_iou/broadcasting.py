"""Logical operations on all pairs at once; an epsilon in the denominator."""

import numpy as np


def mask_iou(a, b):
    intersection = np.logical_and(a[:, None], b[None]).sum(axis=(-2, -1))
    union = np.logical_or(a[:, None], b[None]).sum(axis=(-2, -1))
    return intersection / (union + 1e-6)
