"""Plain Python."""

import math

import numpy as np


def pairwise_distance(a, b):
    out = np.empty((len(a), len(b)))
    for i, p in enumerate(a.tolist()):
        for j, q in enumerate(b.tolist()):
            total = 0.0
            for x, y in zip(p, q, strict=True):
                total += (x - y) * (x - y)
            out[i, j] = math.sqrt(total)
    return out
