"""Plain Python numbers, one vector at a time, the mean corrected by a second pass."""

import math

import numpy as np


def layernorm_backward(dout, x, gamma, eps=1e-5):
    d = x.shape[-1]
    dx = np.zeros(x.shape)
    dgamma, dbeta = np.zeros(d), np.zeros(d)
    scale = [float(value) for value in gamma]
    for index in np.ndindex(x.shape[:-1]):
        row = [float(value) for value in x[index]]
        upstream = [float(value) for value in dout[index]]
        mean = sum(row) / d
        mean += sum(value - mean for value in row) / d
        std = math.sqrt(sum((value - mean) ** 2 for value in row) / d + eps)
        xhat = [(value - mean) / std for value in row]
        total = sum(g * s for g, s in zip(upstream, scale, strict=True))
        along = sum(g * s * h for g, s, h in zip(upstream, scale, xhat, strict=True))
        for j in range(d):
            dx[(*index, j)] = (d * upstream[j] * scale[j] - total - xhat[j] * along) / (d * std)
            dgamma[j] += upstream[j] * xhat[j]
            dbeta[j] += upstream[j]
    return dx, dgamma, dbeta
