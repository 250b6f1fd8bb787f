"""Gradient of the mean softmax cross-entropy with respect to the logits.

Source: I. Goodfellow et al., "Deep Learning", section 6.2.2.3.

    loss_i = log(sum_j exp(x_ij)) - x_it
    d loss_i / d x_ik = exp(x_ik) / sum_j exp(x_ij) - [k = t] = softmax(x_i)_k - [k = t]
"""

import numpy as np


def softmax_cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    n = len(targets)
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))  # (n, c), in [0, 1]
    gradient = exponentials / exponentials.sum(axis=1, keepdims=True)  # (n, c), the probabilities
    gradient[np.arange(n), targets] -= 1
    return gradient / n
