"""The sample mean, shrunk towards the prior mean; 0-d arrays come back."""

import numpy as np


def gaussian_map(x, noise_std, prior_mean, prior_std):
    n = x.size
    if n == 0:
        return np.array(float(prior_mean)), np.array(float(prior_std))
    keep = prior_std**2 / (prior_std**2 + noise_std**2 / n)
    mode = keep * np.mean(x, dtype=np.float64) + (1 - keep) * prior_mean
    return np.array(mode), np.array(noise_std / np.sqrt(n) * np.sqrt(keep))
