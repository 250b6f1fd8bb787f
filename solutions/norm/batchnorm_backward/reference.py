"""Backward pass of batch normalisation, training mode.

With s = sqrt(var + eps) and means taken over the N rows,

    dx = gamma / s * (dout - mean(dout) - xhat * mean(dout * xhat)).

Source: S. Ioffe, C. Szegedy, ICML 2015, section 3, where the paths through mean and variance are listed one
by one; here they are collected.
"""

import numpy as np


def batchnorm_backward(
    dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    centred = x - x.mean(axis=0)  # (N, D)
    inverse_std = 1 / np.sqrt((centred**2).mean(axis=0) + eps)  # (D,)
    xhat = centred * inverse_std  # (N, D)

    through_mean = dout.mean(axis=0)  # (D,)
    through_variance = (dout * xhat).mean(axis=0)  # (D,)
    dx = gamma * inverse_std * (dout - through_mean - xhat * through_variance)  # (N, D)
    dgamma = (dout * xhat).sum(axis=0)  # (D,)
    dbeta = dout.sum(axis=0)  # (D,)
    return dx, dgamma, dbeta
