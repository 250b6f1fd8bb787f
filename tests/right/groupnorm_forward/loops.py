"""Plain Python numbers, one group of one image at a time."""

import math

import numpy as np


def groupnorm_forward(x, num_groups, gamma, beta, eps=1e-5):
    n, c, height, width = x.shape
    size = c // num_groups
    out = np.zeros_like(x)
    for i in range(n):
        for g in range(num_groups):
            channels = range(g * size, (g + 1) * size)
            places = [(i, k, p, q) for k in channels for p in range(height) for q in range(width)]
            values = [float(x[place]) for place in places]
            mean = math.fsum(values) / len(values)
            std = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values) + eps)
            for place, value in zip(places, values, strict=True):
                out[place] = (value - mean) / std * float(gamma[place[1]]) + float(beta[place[1]])
    return out
