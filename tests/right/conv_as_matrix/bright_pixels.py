"""Column by column, each the answer to a single bright pixel; a transposed view comes back."""

import numpy as np


def conv_as_matrix(kernel, image_shape):
    if any(k > n for k, n in zip(kernel.shape, image_shape, strict=True)):
        raise ValueError
    columns = []
    for pixel in np.eye(image_shape[0] * image_shape[1], dtype=kernel.dtype):
        windows = np.lib.stride_tricks.sliding_window_view(pixel.reshape(image_shape), kernel.shape)
        columns.append((windows * kernel).sum(axis=(2, 3)).ravel())
    return np.array(columns).T
