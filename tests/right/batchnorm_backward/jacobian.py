"""The whole N × N Jacobian of every feature, contracted by einsum; float64 whatever comes in."""

import numpy as np


def batchnorm_backward(dout, x, gamma, eps=1e-5):
    dout, x, gamma = (np.asarray(array, dtype=np.float64) for array in (dout, x, gamma))
    n = len(x)
    std = np.sqrt(x.var(axis=0) + eps)
    xhat = (x - x.mean(axis=0)) / std
    jacobian = (np.eye(n)[:, :, None] - 1 / n - np.einsum("id,jd->ijd", xhat, xhat) / n) / std  # (out, in, D)
    dx = np.einsum("id,d,ijd->jd", dout, gamma, jacobian)
    return dx, np.einsum("nd,nd->d", dout, xhat), np.einsum("nd->d", dout)
