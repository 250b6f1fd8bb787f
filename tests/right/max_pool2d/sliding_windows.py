"""A border of minus infinity and sliding_window_view."""

import numpy as np


def max_pool2d(x, kernel_size, stride=None, padding=0):
    kernel = np.broadcast_to(kernel_size, 2)
    step = kernel if stride is None else np.broadcast_to(stride, 2)
    top, left = np.broadcast_to(padding, 2)
    x = np.pad(x, [(0, 0), (0, 0), (top, top), (left, left)], constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, tuple(kernel), axis=(-2, -1))
    return windows[:, :, :: step[0], :: step[1]].max((-1, -2))
