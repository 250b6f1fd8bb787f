"""One array expression: steps per layer times the product of the strides before it; numpy integers."""

import numpy as np


def receptive_field(layers):
    table = np.array(layers, dtype=np.int64).reshape(-1, 3)
    jumps = np.cumprod(np.concatenate([[1], table[:, 1]]))
    return 1 + np.dot((table[:, 0] - 1) * table[:, 2], jumps[:-1]), jumps[-1]
