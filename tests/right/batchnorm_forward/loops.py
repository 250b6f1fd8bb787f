"""Plain Python numbers, one channel after the other; a list as the result."""

import math

import numpy as np


def batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    out = np.empty(x.shape)
    new_mean, new_var = np.empty(x.shape[1]), np.empty(x.shape[1])
    for c in range(x.shape[1]):
        mean, var = float(running_mean[c]), float(running_var[c])
        new_mean[c], new_var[c] = mean, var
        if training:
            values = [float(value) for value in x[:, c].ravel()]
            mean = math.fsum(values) / len(values)
            squares = sum((value - mean) ** 2 for value in values)
            var = squares / len(values)
            new_mean[c] = new_mean[c] * (1 - momentum) + momentum * mean
            new_var[c] = new_var[c] * (1 - momentum) + momentum * squares / (len(values) - 1)
        factor = 1 / math.sqrt(var + eps)
        for index in np.ndindex(x[:, c].shape):
            place = (index[0], c, *index[1:])
            out[place] = (float(x[place]) - mean) * factor * float(gamma[c]) + float(beta[c])
    return [out, new_mean, new_var]
