"""No padding at all: four loops that skip what lies outside; Python floats, so float64 whatever comes in."""

import numpy as np


def conv2d_same(image, kernel):
    height, width = image.shape
    kh, kw = kernel.shape
    out = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            total = 0.0
            for p in range(kh):
                for q in range(kw):
                    y, x = i + p - (kh - 1) // 2, j + q - (kw - 1) // 2
                    if 0 <= y < height and 0 <= x < width:
                        total += float(image[y, x]) * float(kernel[p, q])
            out[i, j] = total
    return out
