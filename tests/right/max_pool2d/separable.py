"""First the maxima of rows, then those of columns; a view as the result where it can be."""

import numpy as np


def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    for axis, place in ((2, 0), (3, 1)):
        k, s, p = (v if isinstance(v, int) else v[place] for v in (kernel_size, stride, padding))
        lines = np.moveaxis(x, axis, 0)
        count = (len(lines) + 2 * p - k) // s + 1
        pooled = [lines[max(i * s - p, 0) : i * s - p + k].max(axis=0) for i in range(count)]
        x = np.moveaxis(np.stack(pooled), 0, axis)
    return x
