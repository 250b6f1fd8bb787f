"""Welford's running mean and variance over a (C, M) matrix, in float64 whatever comes in."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    gamma, beta, mean, var = (np.array(a, np.float64) for a in (gamma, beta, running_mean, running_var))
    swapped = np.swapaxes(np.asarray(x, dtype=np.float64), 0, 1)  # (C, N, ...)
    matrix = swapped.reshape(len(gamma), -1)  # (C, M)
    running_mean, running_var = mean, var
    if training:
        mean, squares, count = np.zeros(len(gamma)), np.zeros(len(gamma)), 0
        for value in matrix.T:
            count += 1
            delta = value - mean
            mean = mean + delta / count
            squares = squares + delta * (value - mean)
        var = squares / count
        running_mean = np.average([running_mean, mean], axis=0, weights=[1 - momentum, momentum])
        running_var = np.average(
            [running_var, squares / (count - 1)], axis=0, weights=[1 - momentum, momentum]
        )
    xhat = (matrix - mean[:, None]) * (var[:, None] + eps) ** -0.5
    out = (xhat * gamma[:, None] + beta[:, None]).reshape(swapped.shape)
    return np.swapaxes(out, 0, 1), running_mean, running_var
