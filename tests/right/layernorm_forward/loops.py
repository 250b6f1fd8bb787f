"""Plain Python numbers, one vector after the other."""

import math

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    d = x.shape[-1]
    out = np.empty(x.shape, x.dtype)
    for index in np.ndindex(x.shape[:-1]):
        row = [float(value) for value in x[index]]
        mean = math.fsum(row) / d
        variance = sum((value - mean) ** 2 for value in row) / d
        for j in range(d):
            out[(*index, j)] = (row[j] - mean) / math.sqrt(variance + eps) * float(gamma[j]) + float(beta[j])
    return out
