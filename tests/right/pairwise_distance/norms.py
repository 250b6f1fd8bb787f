"""One row of the result after the other by np.linalg.norm; the result is a transposed view."""

import numpy as np


def pairwise_distance(a, b):
    out = np.zeros((b.shape[0], a.shape[0]))
    for j in range(b.shape[0]):
        out[j] = np.linalg.norm(a - b[j], axis=-1)
    return out.T
