"""Divides with a mask; normalises by the sum, times the number of present classes."""

import numpy as np


def class_weights(counts, beta=0.999):
    counts = np.asarray(counts, dtype=np.float64)
    effective = 1.0 - np.power(beta, counts)
    effective /= 1.0 - beta
    weights = np.divide(1.0, effective, out=np.zeros_like(effective), where=counts >= 1)
    return weights / weights.sum() * (counts != 0).sum()
