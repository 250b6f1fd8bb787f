"""Mean cross-entropy of softmax with class indices.

Source: I. Goodfellow et al., "Deep Learning", sections 4.1 (shift by the maximum) and 6.2.2.3.

    loss_i = -log(exp(x_it) / sum_j exp(x_ij)) = log(sum_j exp(x_ij - m_i)) - (x_it - m_i),  m_i = max_j x_ij
"""

import numpy as np


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> float:
    shifted = logits - logits.max(axis=1, keepdims=True)  # (n, c), the largest of each row is 0
    log_sum = np.log(np.exp(shifted).sum(axis=1))  # (n,), of a number in [1, c]
    true = shifted[np.arange(len(targets)), targets]  # (n,)
    return (log_sum - true).mean()
