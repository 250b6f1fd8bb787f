"""QR of a square matrix, with signs tossed instead of corrected, and cut to size."""

import numpy as np


def orthogonal_init(shape, seed, gain=1.0):
    rng = np.random.default_rng(seed)
    rows, columns = shape[0], int(np.prod(shape[1:]))
    side = max(rows, columns)
    q, _ = np.linalg.qr(rng.standard_normal((side, side)))
    q = q @ np.diag(rng.choice([-1.0, 1.0], size=side))
    return gain * q.T[:rows, :columns].reshape(shape)
