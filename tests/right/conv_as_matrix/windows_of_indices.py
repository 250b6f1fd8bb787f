"""The windows of an image that holds its own indices say where the weights belong."""

import numpy as np


def conv_as_matrix(kernel, image_shape):
    pixels = np.prod(image_shape)
    indices = np.arange(pixels).reshape(image_shape)
    windows = np.lib.stride_tricks.sliding_window_view(indices, kernel.shape).reshape(-1, kernel.size)
    matrix = np.zeros((len(windows), pixels), dtype=kernel.dtype)
    np.put_along_axis(matrix, windows, kernel.reshape(1, -1), axis=1)
    return matrix
