"""Stanford's CS231n way: three arrays of indices and one fancy indexing; the result is a transposed view."""

import numpy as np


def pair(v):
    return (v, v) if np.isscalar(v) else v


def im2col(x, kernel_size, stride=1, padding=0):
    kh, kw = pair(kernel_size)
    sh, sw = pair(stride)
    ph, pw = pair(padding)
    _, c, h, w = x.shape
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    out_h, out_w = int((h + 2 * ph - kh) / sh + 1), int((w + 2 * pw - kw) / sw + 1)
    i0 = np.tile(np.repeat(np.arange(kh), kw), c)
    j0 = np.tile(np.arange(kw), kh * c)
    i1 = sh * np.repeat(np.arange(out_h), out_w)
    j1 = sw * np.tile(np.arange(out_w), out_h)
    k = np.repeat(np.arange(c), kh * kw)
    windows_first = padded[:, k[:, None], i0[:, None] + i1, j0[:, None] + j1].transpose(0, 2, 1).copy()
    return windows_first.transpose(0, 2, 1)
