"""Plain Python sums, one entry of the matrix at a time, in float64 whatever comes in."""

import math

import numpy as np


def gaussian_mle(x):
    n, d = x.shape
    columns = [[float(value) for value in x[:, j]] for j in range(d)]
    mean = [math.fsum(column) / n for column in columns]
    covariance = np.zeros((d, d))
    for i in range(d):
        for j in range(i + 1):
            products = [(a - mean[i]) * (b - mean[j]) for a, b in zip(columns[i], columns[j], strict=True)]
            covariance[i, j] = covariance[j, i] = math.fsum(products) / n
    return np.array(mean), covariance
