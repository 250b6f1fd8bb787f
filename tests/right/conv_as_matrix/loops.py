"""Four loops over indices into the flattened image; float64 whatever comes in."""

import numpy as np


def conv_as_matrix(kernel, image_shape):
    height, width = image_shape
    kh, kw = kernel.shape
    out_h, out_w = height - kh + 1, width - kw + 1
    if kh > height or kw > width:
        raise ValueError("kernel larger than image")
    matrix = np.zeros((out_h * out_w, height * width))
    for i in range(out_h):
        for j in range(out_w):
            for p in range(kh):
                for q in range(kw):
                    matrix[i * out_w + j, (i + p) * width + (j + q)] = kernel[p, q]
    return matrix
