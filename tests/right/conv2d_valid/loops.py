"""Four nested loops and Python floats: float64 whatever comes in."""

import numpy as np


def conv2d_valid(image, kernel):
    out_height = image.shape[0] - kernel.shape[0] + 1
    out_width = image.shape[1] - kernel.shape[1] + 1
    if out_height < 1 or out_width < 1:
        raise ValueError("kernel larger than image")
    out = np.zeros((out_height, out_width))
    for i in range(out_height):
        for j in range(out_width):
            total = 0.0
            for p in range(kernel.shape[0]):
                for q in range(kernel.shape[1]):
                    total += float(image[i + p, j + q]) * float(kernel[p, q])
            out[i, j] = total
    return out
