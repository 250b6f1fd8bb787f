"""Posterior of a Gaussian mean with known noise under a Gaussian prior.

Precisions add up: 1 / std**2 = 1 / prior_std**2 + n / noise_std**2. The mode is the average of the prior
mean and the measurements, weighted by precision.

Source: C. M. Bishop, "Pattern Recognition and Machine Learning", equations 2.141 and 2.142.
"""

import numpy as np


def gaussian_map(x: np.ndarray, noise_std: float, prior_mean: float, prior_std: float) -> tuple[float, float]:
    prior_precision = 1 / prior_std**2
    noise_precision = 1 / noise_std**2
    precision = prior_precision + len(x) * noise_precision
    mode = (prior_precision * prior_mean + noise_precision * x.sum()) / precision
    return mode, 1 / np.sqrt(precision)
