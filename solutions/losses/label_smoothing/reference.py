"""Mean cross-entropy against smoothed one-hot targets.

Source: C. Szegedy et al., CVPR 2016, section 7, with the uniform distribution as the prior.

    q = (1 - smoothing) onehot + smoothing / c
    loss = -sum_j q_j log p_j = -(1 - smoothing) log p_t - smoothing mean_j(log p_j)

The mean over the samples is taken of each term by itself.
"""

import numpy as np


def label_smoothing(logits: np.ndarray, targets: np.ndarray, smoothing: float = 0.1) -> float:
    shifted = logits - logits.max(axis=1, keepdims=True)  # (n, c), the largest of each row is 0
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))  # (n, c)
    true = log_p[np.arange(len(targets)), targets]  # (n,)
    return -((1 - smoothing) * true.mean() + smoothing * log_p.mean())
