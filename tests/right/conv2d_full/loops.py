"""No padding: four loops that skip what lies outside; Python floats, so float64 whatever comes in."""

import numpy as np


def conv2d_full(image, kernel):
    height, width = image.shape
    kh, kw = kernel.shape
    out = []
    for i in range(height + kh - 1):
        row = []
        for j in range(width + kw - 1):
            total = 0.0
            for p in range(kh):
                for q in range(kw):
                    y, x = i + p - kh + 1, j + q - kw + 1
                    if 0 <= y < height and 0 <= x < width:
                        total += float(image[y, x]) * float(kernel[p, q])
            row.append(total)
        out.append(row)
    return np.array(out)
