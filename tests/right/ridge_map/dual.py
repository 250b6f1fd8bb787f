"""Solves one equation for each sample instead of one for each weight; float32 stays float32."""

import numpy as np


def ridge_map(features, targets, noise_std, prior_std):
    n = len(targets)
    kernel = features @ features.T
    kernel = kernel + (noise_std / prior_std) ** 2 * np.eye(n, dtype=features.dtype)
    return features.T @ np.linalg.solve(kernel, targets)
