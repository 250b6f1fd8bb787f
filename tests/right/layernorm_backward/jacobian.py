"""The whole D × D Jacobian of every vector, contracted by einsum; float64 whatever comes in."""

import numpy as np


def layernorm_backward(dout, x, gamma, eps=1e-5):
    dout, x, gamma = (np.asarray(array, dtype=np.float64) for array in (dout, x, gamma))
    d = x.shape[-1]
    std = np.sqrt(x.var(axis=-1) + eps)
    xhat = (x - x.mean(axis=-1, keepdims=True)) / std[..., None]
    jacobian = np.eye(d) - 1 / d - np.einsum("...i,...j->...ij", xhat, xhat) / d  # (..., out, in)
    jacobian = jacobian / std[..., None, None]
    dx = np.einsum("...i,i,...ij->...j", dout, gamma, jacobian)
    flat = dout.reshape(-1, d)
    return dx, np.einsum("md,md->d", flat, xhat.reshape(-1, d)), np.einsum("md->d", flat)
