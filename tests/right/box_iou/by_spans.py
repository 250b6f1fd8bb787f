"""Another formula: two intervals overlap by the sum of their lengths minus the span of both, in float64."""

import numpy as np


def box_iou(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    overlap = np.ones((len(a), len(b)))
    for axis in (0, 1):
        low_a, high_a, low_b, high_b = a[:, axis], a[:, axis + 2], b[:, axis], b[:, axis + 2]
        lengths = (high_a - low_a)[:, None] + (high_b - low_b)[None, :]
        span = np.maximum.outer(high_a, high_b) - np.minimum.outer(low_a, low_b)
        overlap *= np.maximum(lengths - span, 0)
    areas_a = np.prod(a[:, 2:] - a[:, :2], axis=1)
    areas_b = np.prod(b[:, 2:] - b[:, :2], axis=1)
    union = areas_a[:, None] + areas_b[None, :] - overlap
    union[union == 0] = np.inf
    return overlap / union
