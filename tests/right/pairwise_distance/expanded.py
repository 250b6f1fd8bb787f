"""Squared norms and a matrix product, clipped at 0."""

import numpy as np


def pairwise_distance(a, b):
    squared = (a**2).sum(1)[:, None] + (b**2).sum(1)[None, :] - 2 * a @ b.T
    return np.sqrt(np.maximum(squared, 0))
