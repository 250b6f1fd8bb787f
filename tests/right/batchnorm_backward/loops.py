"""Plain Python numbers, one feature at a time, the mean corrected by a second pass."""

import math

import numpy as np


def batchnorm_backward(dout, x, gamma, eps=1e-5):
    n, d = x.shape
    dx, dgamma, dbeta = np.empty((n, d)), np.empty(d), np.empty(d)
    for j in range(d):
        column = [float(value) for value in x[:, j]]
        upstream = [float(value) for value in dout[:, j]]
        mean = sum(column) / n
        mean += sum(value - mean for value in column) / n
        std = math.sqrt(sum((value - mean) ** 2 for value in column) / n + eps)
        xhat = [(value - mean) / std for value in column]
        dbeta[j] = sum(upstream)
        dgamma[j] = sum(g * h for g, h in zip(upstream, xhat, strict=True))
        for i in range(n):
            dx[i, j] = float(gamma[j]) / (n * std) * (n * upstream[i] - dbeta[j] - xhat[i] * dgamma[j])
    return dx, dgamma, dbeta
