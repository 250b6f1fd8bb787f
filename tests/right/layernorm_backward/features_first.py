"""Features first, views back; Welford's running mean and variance; matrix products for the sums."""

import numpy as np


def layernorm_backward(dout, x, gamma, eps=1e-5):
    d = gamma.shape[0]
    rows, upstream = x.reshape(-1, d).T, dout.reshape(-1, d).T  # (D, M)
    mean, squares = np.zeros_like(rows[0]), np.zeros_like(rows[0])
    for count in range(1, d + 1):
        delta = rows[count - 1] - mean
        mean = mean + delta / count
        squares = squares + delta * (rows[count - 1] - mean)
    inverse_variance = 1.0 / (squares / d + eps)
    centred = rows - mean
    g = gamma[:, None] * upstream
    g = g - g.mean(axis=0)
    along = (g * centred).mean(axis=0) * inverse_variance
    dx = (g - centred * along) * inverse_variance**0.5
    dgamma = (upstream * centred) @ inverse_variance**0.5
    return dx.T.reshape(x.shape), dgamma, upstream @ np.ones_like(mean)
