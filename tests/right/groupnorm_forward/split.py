"""np.split by groups, the variance of each slice, concatenated; float64 whatever comes in."""

import numpy as np


def groupnorm_forward(x, num_groups, gamma, beta, eps=1e-5):
    parts = []
    for part in np.split(np.asarray(x, np.float64), num_groups, axis=1):
        std = np.sqrt(part.std(axis=(1, 2, 3), keepdims=True) ** 2 + eps)
        parts.append((part - part.mean(axis=(1, 2, 3), keepdims=True)) / std)
    xhat = np.concatenate(parts, axis=1)
    return np.einsum("nchw,c->nchw", xhat, gamma) + np.asarray(beta, np.float64)[None, :, None, None]
