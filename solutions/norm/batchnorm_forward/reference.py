"""Batch normalisation: out = gamma * (x - mean) / sqrt(var + eps) + beta, one mean and variance a
channel.

Source: S. Ioffe, C. Szegedy, ICML 2015, section 3, algorithms 1 and 2; running averages by an
exponential rule, of the unbiased variance, as in torch.nn.functional.batch_norm.
"""

import numpy as np


def batchnorm_forward(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values = np.moveaxis(x, 1, -1)  # (N, ..., C), so that what belongs to a channel broadcasts
    mean, var = running_mean, running_var  # (C,)
    if training:
        everywhere = tuple(range(values.ndim - 1))  # batch and positions
        mean, var = values.mean(axis=everywhere), values.var(axis=everywhere)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * values.var(axis=everywhere, ddof=1)
    out = gamma * (values - mean) / np.sqrt(var + eps) + beta
    return np.moveaxis(out, -1, 1), running_mean, running_var
