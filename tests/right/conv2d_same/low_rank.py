"""The kernel taken apart by its singular values: a column and a row for each, slid one after the other."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_same(image, kernel):
    widths = [((k - 1) // 2, k // 2) for k in kernel.shape]
    padded = np.pad(image.astype(np.float64), widths)
    columns, weights, rows = np.linalg.svd(kernel.astype(np.float64), full_matrices=False)
    out = np.zeros(image.shape)
    for column, weight, row in zip(columns.T, weights, rows, strict=True):
        down = sliding_window_view(padded, len(column), axis=0) @ column
        out += weight * (sliding_window_view(down, len(row), axis=1) @ row)
    return out
