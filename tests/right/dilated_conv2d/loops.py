"""Four nested loops and Python floats: float64 whatever comes in."""

import numpy as np


def dilated_conv2d(image, kernel, dilation):
    kh, kw = kernel.shape
    rows = image.shape[0] - dilation * (kh - 1)
    columns = image.shape[1] - dilation * (kw - 1)
    if rows < 1 or columns < 1:
        raise ValueError("the spread kernel is larger than the image")
    out = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            total = 0.0
            for p in range(kh):
                for q in range(kw):
                    total += float(image[i + dilation * p, j + dilation * q]) * float(kernel[p, q])
            out[i, j] = total
    return out
