"""The polar factor u @ vt of normal numbers is uniform, and needs no case for wide matrices."""

import numpy as np


def orthogonal_init(shape, seed, gain=1.0):
    flat = np.random.default_rng(seed).normal(size=(shape[0], int(np.prod(shape[1:]))))
    u, _, vt = np.linalg.svd(flat, full_matrices=False)
    return np.reshape(u @ vt * gain, shape)
