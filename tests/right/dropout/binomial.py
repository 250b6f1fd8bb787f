"""A mask of coins from binomial; one guarded factor for all."""

import numpy as np


def dropout(x, p, training, seed):
    if training and p > 0:
        keep = 1.0 - p
        scale = 1 / keep if keep > 0 else 0.0
        mask = np.random.default_rng(seed).binomial(1, keep, size=x.shape) * scale
        return (x * mask).astype(x.dtype)
    return x.copy()
