"""Plain Python loops; the winner is replaced only by something larger."""

import numpy as np


def max_pool2d_backward(dout, x, kernel_size, stride=None):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    if stride is None:
        stride = kernel_size
    if isinstance(stride, int):
        stride = (stride, stride)
    dx = [[[[0.0] * x.shape[3] for _ in range(x.shape[2])] for _ in range(x.shape[1])] for _ in range(len(x))]
    for n in range(dout.shape[0]):
        for c in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    best, where = None, None
                    for p in range(i * stride[0], i * stride[0] + kernel_size[0]):
                        for q in range(j * stride[1], j * stride[1] + kernel_size[1]):
                            if best is None or x[n, c, p, q] > best:
                                best, where = x[n, c, p, q], (p, q)
                    dx[n][c][where[0]][where[1]] += float(dout[n, c, i, j])
    return np.array(dx)
