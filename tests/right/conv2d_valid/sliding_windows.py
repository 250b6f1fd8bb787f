"""All windows as a view; numpy itself raises the ValueError for a kernel that does not fit."""

import numpy as np


def conv2d_valid(image, kernel):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    return np.einsum("ijpq,pq->ij", windows, kernel)
