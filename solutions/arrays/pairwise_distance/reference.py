"""Euclidean distances between two sets of points: out[i, j] = sqrt(sum over k of (a[i, k] - b[j, k])²).

Source: the definition. By differences, which cancel nothing, and not by |a|² + |b|² - 2 a·b; see the notes.
"""

import numpy as np


def pairwise_distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    differences = a[:, None] - b  # (n, 1, d) against (m, d): (n, m, d)
    return np.sqrt((differences**2).sum(axis=2))  # (n, m)
