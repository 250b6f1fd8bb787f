"""A block Toeplitz matrix of Toeplitz blocks: sums of Kronecker products of shifted identities."""

import numpy as np


def conv_as_matrix(kernel, image_shape):
    (kh, kw), (height, width) = kernel.shape, image_shape
    if height < kh or width < kw:
        raise ValueError(f"{kernel.shape} into {image_shape}")
    matrix = 0.0
    for p in range(kh):
        lines = sum(kernel[p, q] * np.eye(width - kw + 1, width, k=q) for q in range(kw))
        matrix = matrix + np.kron(np.eye(height - kh + 1, height, k=p), lines)
    return matrix
