"""Single precision whatever comes in; masks times pieces."""

import numpy as np


def smooth_l1(pred, target, beta=1.0):
    error = np.abs(pred - target).astype(np.float32).reshape(-1)
    large = error >= np.float32(beta)
    total = np.sum(error[large] - np.float32(beta / 2))
    if not large.all():
        total += np.sum(np.square(error[~large])) / np.float32(2 * beta)
    return total / error.size
