"""Each probability from the differences of its logit to all others; an infinite sum makes it 0."""

import numpy as np


def softmax_cross_entropy_backward(logits, targets):
    with np.errstate(over="ignore"):
        p = 1 / np.exp(logits[:, None, :] - logits[:, :, None]).sum(axis=2)
    np.subtract.at(p, (np.arange(p.shape[0]), targets), 1)
    return (p.T / p.shape[0]).T.astype(np.float32)
