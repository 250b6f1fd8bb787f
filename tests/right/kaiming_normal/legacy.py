"""The old generator; the fan from an array's own numbers; a transposed view."""

import numpy as np


def kaiming_normal(shape, seed, mode="fan_in", negative_slope=0.0):
    drawn = np.random.RandomState(seed).randn(*shape[::-1]).T
    fan = drawn[0].size if mode == "fan_in" else drawn[:, 0].size
    drawn *= np.sqrt(2.0 / fan)
    drawn /= np.hypot(1.0, negative_slope)
    return drawn
