"""Mean binary cross-entropy of logits with hard or soft targets.

Source: I. Goodfellow et al., "Deep Learning", section 6.2.2.2 (the softplus form of the sigmoid's loss).

    loss = -y log(sigmoid(x)) - (1 - y) log(1 - sigmoid(x)) = log(1 + exp(x)) - x y
    log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|)), in which nothing overflows
"""

import numpy as np


def binary_cross_entropy(logits: np.ndarray, targets: np.ndarray) -> float:
    softplus = np.maximum(logits, 0) + np.log1p(np.exp(-np.abs(logits)))  # (...)
    return (softplus - logits * targets).mean()
