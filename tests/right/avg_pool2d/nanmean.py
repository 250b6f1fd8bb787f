"""Padding that does not count is NaN, which np.nanmean leaves out."""

import numpy as np


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    sh, sw = (stride, stride) if isinstance(stride, int) else stride or (kh, kw)
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    border = 0 if count_include_pad else np.nan
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=border)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw), axis=(2, 3))
    return np.nanmean(windows[:, :, ::sh, ::sw], axis=(4, 5))
