"""Uniform random orthogonal matrices: Q of the QR factorisation of normal numbers whose R has a positive
diagonal.

Source: F. Mezzadri, Notices of the AMS 54(5), 2007, section 5; for layers, A. Saxe et al., ICLR 2014.
"""

import math

import numpy as np


def orthogonal_init(shape: tuple[int, ...], seed: int, gain: float = 1.0) -> np.ndarray:
    rows, columns = shape[0], math.prod(shape[1:])
    long, short = max(rows, columns), min(rows, columns)
    normal = np.random.default_rng(seed).standard_normal((long, short))
    q, r = np.linalg.qr(normal)  # (long, short), orthonormal columns; (short, short)
    q = q * np.sign(np.diag(r))  # as if r had a positive diagonal, which makes q unique
    weights = q if rows == long else q.T  # (rows, columns)
    return gain * weights.reshape(shape)
