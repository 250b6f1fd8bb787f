"""Single precision whatever comes in; one-hot rows are subtracted by a boolean mask."""

import numpy as np


def softmax_cross_entropy_backward(logits, targets):
    x = logits.astype(np.float32)
    p = np.exp(x - x.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    wanted = np.arange(x.shape[1])[None] == targets.reshape(-1, 1)
    return np.where(wanted, p - 1, p) / np.float32(len(x))
