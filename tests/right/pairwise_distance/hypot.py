"""Coordinate after coordinate by hypot; no sum of squares anywhere."""

import numpy as np


def pairwise_distance(a, b):
    out = np.zeros((len(a), len(b)), dtype=a.dtype)
    for x, y in zip(a.T, b.T, strict=True):
        out = np.hypot(out, np.subtract.outer(x, y))
    return out
