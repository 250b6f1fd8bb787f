"""A Kalman filter: the gain moves the belief with every measurement."""

import math


def gaussian_map(x, noise_std, prior_mean, prior_std):
    mean, variance = prior_mean, prior_std**2
    for measurement in x.tolist():
        gain = variance / (variance + noise_std**2)
        mean += gain * (measurement - mean)
        variance *= 1 - gain
    return mean, math.sqrt(variance)
