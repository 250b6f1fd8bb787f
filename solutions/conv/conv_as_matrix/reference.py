"""The matrix of a valid cross-correlation: M[(i, j), (i + p, j + q)] = kernel[p, q], and 0 elsewhere.

Source: V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016, section 4.1.
"""

import numpy as np


def conv_as_matrix(kernel: np.ndarray, image_shape: tuple[int, int]) -> np.ndarray:
    (kh, kw), (height, width) = kernel.shape, image_shape
    rows, columns = height - kh + 1, width - kw + 1
    if rows < 1 or columns < 1:
        raise ValueError(f"a kernel of {kernel.shape} does not fit into an image of {image_shape}")
    matrix = np.zeros_like(kernel, shape=(rows, columns, height, width))  # an image for each output
    for i, j in np.ndindex(rows, columns):
        matrix[i, j, i : i + kh, j : j + kw] = kernel
    return matrix.reshape(rows * columns, height * width)
