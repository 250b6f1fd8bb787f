"""One flattened sheet, rolled to the place of every window."""

import numpy as np


def conv_as_matrix(kernel, image_shape):
    kh, kw = kernel.shape
    height, width = image_shape
    if not (kh <= height and kw <= width):
        raise ValueError(kernel.shape)
    first = np.pad(kernel, ((0, height - kh), (0, width - kw))).ravel()
    places = [(i, j) for i in range(height - kh + 1) for j in range(width - kw + 1)]
    return np.vstack([np.roll(first, i * width + j) for i, j in places])
