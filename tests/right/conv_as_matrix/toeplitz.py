"""Blocks from scipy.linalg.toeplitz, one for each line of the kernel, arranged by np.block."""

import numpy as np
from scipy.linalg import toeplitz


def conv_as_matrix(kernel, image_shape):
    (kh, kw), (height, width) = kernel.shape, image_shape
    if kh > height or kw > width:
        raise ValueError("no place for the kernel")
    rest = np.zeros(width - kw)
    lines = [toeplitz(np.append(line[0], rest), np.append(line, rest)) for line in kernel]
    empty = np.zeros((width - kw + 1, width))
    return np.block(
        [[lines[y - i] if 0 <= y - i < kh else empty for y in range(height)] for i in range(height - kh + 1)]
    )
