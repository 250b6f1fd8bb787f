"""The mean of the outer products less the outer product of the mean."""

import numpy as np


def gaussian_mle(x):
    mean = np.sum(x, 0) / x.shape[0]
    return mean, np.einsum("ki,kj->ij", x, x) / x.shape[0] - mean[:, None] * mean
