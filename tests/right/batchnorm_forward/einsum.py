"""Positions flattened to one axis; einsum for the sums; the averages returned as they are in evaluation."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    flat = x.reshape(x.shape[0], x.shape[1], -1)
    n, _, p = flat.shape
    if not training:
        centred, var = flat - running_mean[None, :, None], running_var
    else:
        first = flat[0, :, 0]
        shift = np.einsum("ncp->c", flat - first[None, :, None]) / (n * p)
        centred = flat - (first + shift)[None, :, None]
        squares = np.einsum("ncp,ncp->c", centred, centred)
        var = squares / (n * p)
        running_mean = (1 - momentum) * running_mean + momentum * (first + shift)
        running_var = (1 - momentum) * running_var + momentum * squares / (n * p - 1)
    out = np.einsum("ncp,c->ncp", centred, gamma / np.sqrt(var + eps)) + beta[None, :, None]
    return out.reshape(x.shape), running_mean, running_var
