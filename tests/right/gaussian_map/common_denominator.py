"""Without a single reciprocal of a variance; float32 sums stay float32."""

import numpy as np


def gaussian_map(x, noise_std, prior_mean, prior_std):
    a, b, n = noise_std * noise_std, prior_std * prior_std, x.shape[0]
    denominator = a + n * b
    return (a * prior_mean + b * np.add.reduce(x)) / denominator, (a * b / denominator) ** 0.5
