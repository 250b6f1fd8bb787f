"""Remembers all gradients and takes weighted means of them anew in every step; no recursion, no
correction.
"""

import numpy as np


def adam(params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False):
    if not decoupled:
        grads = [g + weight_decay * p for g, p in zip(grads, params, strict=False)]
    history = [*(state or []), list(grads)]
    age = np.arange(len(history))[::-1]
    result = []
    for i, p in enumerate(params):
        past = np.stack([step[i] for step in history]).astype(np.float64)
        means = []
        for beta, values in zip(betas, (past, past**2), strict=False):
            weights = np.float64(beta) ** age
            means.append(np.tensordot(weights / weights.sum(), values, axes=1))
        shrunk = p * (1 - lr * weight_decay) if decoupled else p
        result.append(shrunk - lr * means[0] / (np.sqrt(means[1]) + eps))
    return tuple(result), history
