"""Six loops in plain Python, skipping what lies outside."""

import numpy as np


def max_pool2d(x, kernel_size, stride=None, padding=0):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    if stride is None:
        stride = kernel_size
    if isinstance(stride, int):
        stride = (stride, stride)
    if isinstance(padding, int):
        padding = (padding, padding)
    n, c, height, width = x.shape
    out_h = (height + 2 * padding[0] - kernel_size[0]) // stride[0] + 1
    out_w = (width + 2 * padding[1] - kernel_size[1]) // stride[1] + 1
    out = np.zeros((n, c, out_h, out_w))
    for a in range(n):
        for b in range(c):
            for i in range(out_h):
                for j in range(out_w):
                    best = None
                    for p in range(kernel_size[0]):
                        for q in range(kernel_size[1]):
                            row, column = i * stride[0] + p - padding[0], j * stride[1] + q - padding[1]
                            if 0 <= row < height and 0 <= column < width:
                                value = x[a, b, row, column]
                                best = value if best is None or value > best else best
                    out[a, b, i, j] = best
    return out
