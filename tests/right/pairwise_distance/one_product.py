"""The expanded square as one product of stacked matrices, in centred coordinates; absolute values."""

import numpy as np


def pairwise_distance(a, b):
    if not len(a) or not len(b):
        return np.zeros((len(a), len(b)))
    centre = np.concatenate((a, b)).mean(0)
    a, b = a - centre, b - centre
    ones_a, ones_b = np.ones((len(a), 1)), np.ones((len(b), 1))
    left = np.hstack([(a * a).sum(1, keepdims=True), ones_a, -2 * a])
    right = np.hstack([ones_b, (b * b).sum(1, keepdims=True), b])
    return np.abs(left @ right.T) ** 0.5
