"""The old generator; fans from an array's own numbers; a transposed view."""

import numpy as np


def xavier_uniform(shape, seed, gain=1.0):
    drawn = np.random.RandomState(seed).random_sample(tuple(shape)[::-1]).T
    fan_out = drawn[:, 0].size
    fan_in = drawn[0].size
    deviation = gain * np.sqrt(2.0 / (fan_in + fan_out))
    return (2 * drawn - 1) * deviation * np.sqrt(3.0)
