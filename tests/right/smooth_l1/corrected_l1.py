"""The linear piece everywhere, plus a parabola that corrects it where the error is below beta."""

import numpy as np


def smooth_l1(pred, target, beta=1.0):
    e = np.abs(pred - target)
    below = np.clip(beta - e, 0, None)
    return np.mean(e - beta / 2 + np.square(below) / (2 * beta or 1))
