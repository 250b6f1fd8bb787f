"""Backward pass of layer normalisation.

With s = sqrt(var + eps), g = gamma * dout and means taken over the features of each vector,

    dx = (g - mean(g) - xhat * mean(g * xhat)) / s.

Source: J. L. Ba, J. R. Kiros, G. E. Hinton, arXiv:1607.06450, 2016, section 3, for the forward pass; the
chain rule through mean and variance as for batch norm in S. Ioffe, C. Szegedy, ICML 2015, section 3.
"""

import numpy as np


def layernorm_backward(
    dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    centred = x - x.mean(axis=-1, keepdims=True)  # (..., D)
    inverse_std = 1 / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)  # (..., 1)
    xhat = centred * inverse_std  # (..., D)

    g = gamma * dout  # (..., D), what arrives at xhat
    through_mean = g.mean(axis=-1, keepdims=True)  # (..., 1)
    through_variance = (g * xhat).mean(axis=-1, keepdims=True)  # (..., 1)
    dx = inverse_std * (g - through_mean - xhat * through_variance)  # (..., D)

    leading = tuple(range(x.ndim - 1))
    return dx, (dout * xhat).sum(axis=leading), dout.sum(axis=leading)
