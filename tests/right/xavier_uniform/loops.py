"""One number at a time, in Python; the fans by counting."""

import numpy as np


def xavier_uniform(shape, seed, gain=1.0):
    rng = np.random.default_rng(seed)
    positions = 1
    for side in shape[2:]:
        positions *= side
    a = gain * (6.0 / (shape[0] * positions + shape[1] * positions)) ** 0.5
    flat = []
    total = shape[0] * shape[1] * positions
    for _ in range(total):
        flat.append(-a + 2 * a * rng.random())
    return np.array(flat).reshape(shape)
