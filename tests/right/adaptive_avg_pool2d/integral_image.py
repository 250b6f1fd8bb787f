"""A summed-area table, four look-ups for each bin; float64 whatever comes in."""

import numpy as np


def adaptive_avg_pool2d(x, output_size):
    h, w = output_size if isinstance(output_size, tuple) else (output_size, output_size)
    height, width = x.shape[2:]
    table = np.pad(np.cumsum(np.cumsum(x, 2, dtype=np.float64), 3), ((0, 0), (0, 0), (1, 0), (1, 0)))
    top, left = np.arange(h) * height // h, np.arange(w) * width // w
    bottom = np.ceil(np.arange(1, h + 1) * height / h).astype(int)
    right = np.ceil(np.arange(1, w + 1) * width / w).astype(int)
    bands = table[:, :, bottom] - table[:, :, top]
    return (bands[..., right] - bands[..., left]) / np.multiply.outer(bottom - top, right - left)
