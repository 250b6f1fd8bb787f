"""Count, mean and squared deviations of halves, merged as in a parallel reduction; a list of results."""

import numpy as np


def batchnorm_forward(x, gamma, beta, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    out = np.empty(x.shape)
    new_mean, new_var = running_mean.tolist(), running_var.tolist()
    for c in range(x.shape[1]):
        mean, var = running_mean[c], running_var[c]
        if training:
            count, mean, squares = moments(x[:, c].ravel().tolist())
            var = squares / count
            new_mean[c] += momentum * (mean - new_mean[c])
            new_var[c] += momentum * (squares / (count - 1) - new_var[c])
        out[:, c] = (x[:, c] - mean) / (var + eps) ** 0.5 * gamma[c] + beta[c]
    return [out, np.array(new_mean), np.array(new_var)]


def moments(values):
    if len(values) == 1:
        return 1, values[0], 0.0
    half = len(values) // 2
    (n, left, left_squares), (m, right, right_squares) = moments(values[:half]), moments(values[half:])
    gap = right - left
    return n + m, left + gap * m / (n + m), left_squares + right_squares + gap * gap * n * m / (n + m)
