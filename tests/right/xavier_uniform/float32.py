"""In float32 all the way; signs and magnitudes drawn apart."""

import numpy as np


def xavier_uniform(shape, seed, gain=1.0):
    rng = np.random.default_rng(seed)
    receptive = int(np.prod(shape[2:])) if len(shape) > 2 else 1
    limit = np.float32(gain * np.sqrt(6 / (receptive * (shape[0] + shape[1]))))
    magnitude = rng.random(shape, dtype=np.float32) * limit
    sign = np.where(rng.integers(0, 2, shape) == 1, 1, -1).astype(np.float32)
    return sign * magnitude
