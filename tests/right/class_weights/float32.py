"""Powers in double precision, weights handed out in single."""

import numpy as np


def class_weights(counts, beta=0.999):
    where = np.flatnonzero(counts)
    inverse = np.array([1 / (1 - beta ** int(counts[i])) for i in where])
    out = np.zeros(counts.shape, np.float32)
    np.put(out, where, inverse * (where.size / inverse.sum()))
    return out
