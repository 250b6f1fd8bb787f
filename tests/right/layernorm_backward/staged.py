"""The chain rule one node of the graph after the other; leading axes flattened; a list as the result."""

import numpy as np


def layernorm_backward(dout, x, gamma, eps=1e-5):
    d = x.shape[-1]
    rows, upstream = x.reshape(-1, d), dout.reshape(-1, d)
    mu = np.mean(rows, axis=1, keepdims=True)
    var = np.var(rows, axis=1, keepdims=True)
    xhat = (rows - mu) / np.sqrt(var + eps)

    dgamma = np.sum(upstream * xhat, axis=0)
    dbeta = np.sum(upstream, axis=0)
    dxhat = upstream * gamma
    dvar = np.sum(dxhat * (rows - mu) * -0.5 * (var + eps) ** -1.5, axis=1, keepdims=True)
    dmu = np.sum(-dxhat / np.sqrt(var + eps), axis=1, keepdims=True)
    dmu = dmu + dvar * np.sum(-2 * (rows - mu), axis=1, keepdims=True) / d
    dx = dxhat / np.sqrt(var + eps) + dvar * 2 * (rows - mu) / d + dmu / d
    return [dx.reshape(x.shape), dgamma, dbeta]
