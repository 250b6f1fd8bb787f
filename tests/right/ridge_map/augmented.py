"""Least squares with one more row for each weight, which says that it was seen to be 0."""

import numpy as np


def ridge_map(features, targets, noise_std, prior_std):
    d = features.shape[1]
    rows = np.vstack([features / noise_std, np.eye(d) / prior_std])
    values = np.concatenate([targets / noise_std, np.zeros(d)])
    return np.linalg.lstsq(rows, values, rcond=None)[0]
