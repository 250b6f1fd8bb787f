"""Every opinion is an equation, scaled by its standard deviation; the normal equations solve them."""

import numpy as np


def gaussian_map(x, noise_std, prior_mean, prior_std):
    rows = np.concatenate([[1 / prior_std], np.full(x.shape, 1 / noise_std)])
    values = np.concatenate([[prior_mean / prior_std], x / noise_std])
    solution = np.linalg.lstsq(rows[:, None], values, rcond=None)[0]
    return [solution[0], float(np.linalg.norm(rows)) ** -1]
