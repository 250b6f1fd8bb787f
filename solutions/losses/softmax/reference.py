"""Softmax along one axis.

softmax(x)_i = exp(x_i) / sum_j exp(x_j) = exp(x_i - m) / sum_j exp(x_j - m) for every m; with m the
largest x_j, no exponential exceeds 1 and the sum is at least 1.

Source: Goodfellow et al., "Deep Learning", section 4.1.
"""

import numpy as np


def softmax(x: np.ndarray, axis: int = -1) -> np.ndarray:
    exponentials = np.exp(x - x.max(axis=axis, keepdims=True))  # the shape of x, in [0, 1]
    return exponentials / exponentials.sum(axis=axis, keepdims=True)
