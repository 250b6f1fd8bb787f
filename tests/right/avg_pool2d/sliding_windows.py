"""sliding_window_view of the padded image and of a padded mask of ones."""

import numpy as np


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    kernel = tuple(int(k) for k in np.broadcast_to(kernel_size, 2))
    step = kernel if stride is None else np.broadcast_to(stride, 2)
    border = [(int(p), int(p)) for p in np.broadcast_to(padding, 2)]

    def windows(array):
        array = np.pad(array, [(0, 0)] * (array.ndim - 2) + border)
        view = np.lib.stride_tricks.sliding_window_view(array, kernel, axis=(-2, -1))
        return view[..., :: step[0], :: step[1], :, :]

    if count_include_pad:
        return windows(x).mean((-2, -1))
    return windows(x).sum((-2, -1)) / windows(np.ones(x.shape[2:], x.dtype)).sum((-2, -1))
