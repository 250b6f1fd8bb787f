"""argmax over sliding windows, flat indices, np.add.at."""

import numpy as np


def max_pool2d_backward(dout, x, kernel_size, stride=None):
    kh, kw = np.broadcast_to(kernel_size, 2)
    sh, sw = np.broadcast_to(kernel_size if stride is None else stride, 2)
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(2, 3))[:, :, ::sh, ::sw]
    winner = windows.reshape(*windows.shape[:4], kh * kw).argmax(-1)
    n, c, i, j = np.indices(dout.shape)
    dx = np.zeros(x.shape, dout.dtype)
    np.add.at(dx, (n, c, i * sh + winner // kw, j * sw + winner % kw), dout)
    return dx
