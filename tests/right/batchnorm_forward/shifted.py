"""One pass over deviations from the channel's first value, which is near enough to the mean."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    channels = np.moveaxis(x, 1, 0)  # (C, N, ...)
    values = channels.reshape(len(channels), -1)
    mean, var = running_mean, running_var
    if training:
        m = values.shape[1]
        first = values[:, 0]
        shifted = values - first[:, None]
        total, squares = shifted.sum(1), (shifted * shifted).sum(1)
        mean, spread = first + total / m, squares - total * total / m
        var = spread / m
        running_mean = running_mean + momentum * (mean - running_mean)
        running_var = running_var + momentum * (spread / (m - 1) - running_var)
    out = (values - mean[:, None]) / np.sqrt(var[:, None] + eps) * gamma[:, None] + beta[:, None]
    return np.moveaxis(out.reshape(channels.shape), 0, 1), running_mean, running_var
