"""np.mean and np.var over a tuple of axes, everything reshaped to (1, C, 1, ...)."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    shape = [1] * x.ndim
    shape[1] = x.shape[1]
    if training:
        axes = tuple(a for a in range(x.ndim) if a != 1)
        mu, var = np.mean(x, axis=axes), np.var(x, axis=axes)
        running_mean = running_mean + momentum * (mu - running_mean)
        running_var = running_var + momentum * (np.var(x, axis=axes, ddof=1) - running_var)
    else:
        mu, var = running_mean, running_var
    scale = gamma / np.sqrt(var + eps)
    out = (x - mu.reshape(shape)) * scale.reshape(shape) + beta.reshape(shape)
    return out, running_mean, running_var
