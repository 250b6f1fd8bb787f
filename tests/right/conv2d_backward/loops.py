"""Seven loops over numbers, nothing padded; Python floats, so always float64; a list comes back."""

import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    n, channels, height, width = x.shape
    outputs, _, kh, kw = weight.shape
    dx, dweight, dbias = np.zeros(x.shape), np.zeros(weight.shape), np.zeros(outputs)
    x, weight, grads = x.tolist(), weight.tolist(), dout.tolist()
    for b in range(n):
        for o in range(outputs):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    g = grads[b][o][i][j]
                    dbias[o] += g
                    for c in range(channels):
                        for p in range(kh):
                            for q in range(kw):
                                y, z = i * sh + p - ph, j * sw + q - pw
                                if 0 <= y < height and 0 <= z < width:
                                    dx[b, c, y, z] += g * weight[o][c][p][q]
                                    dweight[o, c, p, q] += g * x[b][c][y][z]
    return [dx, dweight, dbias]
