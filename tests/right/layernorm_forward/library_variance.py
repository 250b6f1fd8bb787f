"""np.mean and np.var, with gamma folded into the factor and the mean into the shift."""

import numpy as np


def layernorm_forward(x, gamma, beta, eps=1e-5):
    rstd = (np.var(x, axis=-1, keepdims=True) + eps) ** -0.5
    return (x - np.mean(x, -1, keepdims=True)) * (rstd * gamma) + beta
