"""As torch does it, in float32; the result is a view."""

import numpy as np


def orthogonal_init(shape, seed, gain=1.0):
    flattened = np.random.RandomState(seed).randn(shape[0], np.prod(shape[1:], dtype=int)).astype(np.float32)
    wide = flattened.shape[0] < flattened.shape[1]
    if wide:
        flattened = flattened.T
    q, r = np.linalg.qr(flattened, "reduced")
    q[:, np.diagonal(r) < 0] *= -1
    q *= np.float32(gain)
    return (q.T if wide else q).reshape(shape)
