"""Loops over numbers that skip what falls on the part that is cut; Python floats, so always float64."""

import numpy as np


def transposed_conv2d(x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    n, channels, height, width = x.shape
    _, outputs, kh, kw = weight.shape
    rows, columns = (height - 1) * sh - 2 * ph + kh, (width - 1) * sw - 2 * pw + kw
    out = np.zeros((n, outputs, rows, columns))
    x, weight = x.tolist(), weight.tolist()
    for b in range(n):
        for c in range(channels):
            for i in range(height):
                for j in range(width):
                    for o in range(outputs):
                        for p in range(kh):
                            for q in range(kw):
                                y, z = i * sh + p - ph, j * sw + q - pw
                                if 0 <= y < rows and 0 <= z < columns:
                                    out[b, o, y, z] += x[b][c][i][j] * weight[c][o][p][q]
    return out
