"""Inverted dropout: x * keep / (1 - p), keep drawn with the chance 1 - p for each element.

Source: N. Srivastava et al., JMLR 15, 2014; scaled in training as in their section 10.
"""

import numpy as np


def dropout(x: np.ndarray, p: float, training: bool, seed: int) -> np.ndarray:
    if not training:
        return x
    if p == 1:  # 1 / (1 - p) would be infinite
        return np.zeros_like(x)
    keep = np.random.default_rng(seed).random(x.shape) >= p  # a number in [0, 1) is below p with the chance p
    return x * keep / (1 - p)
