"""One point after the other, mean and scatter updated on the way; a list comes back."""

import numpy as np


def gaussian_mle(x):
    mean = np.zeros(x.shape[1])
    scatter = np.zeros((x.shape[1], x.shape[1]))
    for count, point in enumerate(x, 1):
        before = point - mean
        mean = mean + before / count
        scatter += np.outer(before, point - mean)
    return [mean, scatter / len(x)]
