"""Exponentials of log-probabilities, whose normaliser takes in one class at a time; minus one-hot rows."""

import numpy as np


def softmax_cross_entropy_backward(logits, targets):
    n, c = logits.shape
    log_p = logits - np.logaddexp.reduce(logits, axis=1)[:, None]
    one_hot = (np.arange(c) == targets[:, None]).astype(logits.dtype)
    return np.divide(np.exp(log_p) - one_hot, n)
