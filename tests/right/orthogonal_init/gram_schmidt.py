"""Gram and Schmidt in loops, twice for accuracy; no factorisation at all, so no sign to correct."""

import numpy as np


def orthogonal_init(shape, seed, gain=1.0):
    rng = np.random.default_rng(seed)
    rows = shape[0]
    columns = 1
    for side in shape[1:]:
        columns *= side
    short, long = sorted((rows, columns))
    basis = []
    for _ in range(short):
        v = rng.normal(size=long)
        for _ in range(2):
            for b in basis:
                v = v - (v @ b) * b
            v = v / np.sqrt(v @ v)
        basis.append(v)
    matrix = np.array(basis)
    if rows > columns:
        matrix = matrix.T
    return (gain * matrix).reshape(shape)
