"""The smoothed targets as a matrix, times log-softmax by einsum; float64 throughout."""

import numpy as np


def label_smoothing(logits, targets, smoothing=0.1):
    x = np.array(logits, dtype=float)
    n, c = x.shape
    q = np.eye(c)[targets] * (1.0 - smoothing) + smoothing / c
    x -= np.max(x, axis=-1, keepdims=True)
    x -= np.log(np.einsum("ij->i", np.exp(x)))[:, None]
    return np.asarray(-np.einsum("ij,ij", q, x) / n)
