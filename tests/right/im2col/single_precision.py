"""The index of every entry is computed from the flat padded image; float32 in either case."""

import numpy as np


def im2col(x, kernel_size, stride=1, padding=0):
    def two(v):
        try:
            first, second = v
        except TypeError:
            first = second = v
        return first, second

    kh, kw = two(kernel_size)
    sh, sw = two(stride)
    ph, pw = two(padding)
    x = np.pad(x.astype(np.float32), ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    n, c, h, w = x.shape
    rows = np.arange(0, h - kh + 1, sh)
    cols = np.arange(0, w - kw + 1, sw)
    start = (rows[:, None] * w + cols).ravel()
    offset = (np.arange(c)[:, None, None] * h * w + np.arange(kh)[:, None] * w + np.arange(kw)).ravel()
    return np.take(x.reshape(n, -1), offset[:, None] + start, axis=1)
