"""One element and one draw at a time; the result is a float64 copy."""

import numpy as np


def dropout(x, p, training, seed):
    result = np.array(x, dtype=np.float64)
    if not training:
        return result
    rng = np.random.default_rng(seed)
    for index in np.ndindex(x.shape):
        if p >= 1 or rng.random() < p:
            result[index] = 0.0
        else:
            result[index] /= 1 - p
    return result
