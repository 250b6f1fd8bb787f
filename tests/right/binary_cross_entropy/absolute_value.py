"""The maximum as half of x + |x|; a plain log of 1 + exp; the axes are averaged one after the other."""

import numpy as np


def binary_cross_entropy(logits, targets):
    size = np.abs(logits)
    losses = np.log(1 + np.exp(-size)) + 0.5 * (size + logits) - targets * logits
    while losses.ndim:
        losses = losses.mean(axis=-1)
    return losses
