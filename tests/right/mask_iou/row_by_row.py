"""One mask against all of the other set; integers; the result is a transposed view."""

import numpy as np


def mask_iou(a, b):
    out = np.zeros((b.shape[0], a.shape[0]), dtype=np.float64)
    for j in range(b.shape[0]):
        inter = np.count_nonzero(a & b[j], axis=(1, 2))
        union = np.count_nonzero(a | b[j], axis=(1, 2))
        np.divide(inter, union, out=out[j], where=union > 0)
    return out.T
