"""The covariance from the singular values of the centred points."""

import numpy as np


def gaussian_mle(x):
    mean = np.average(x, axis=0)
    _, s, vt = np.linalg.svd(x - mean, full_matrices=False)
    return mean, (vt.T * s**2) @ vt / len(x)
