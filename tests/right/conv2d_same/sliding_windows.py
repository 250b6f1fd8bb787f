"""np.pad and all windows as a view, contracted by tensordot."""

import numpy as np


def conv2d_same(image, kernel):
    pads = [((k - 1) // 2, k // 2) for k in kernel.shape]
    windows = np.lib.stride_tricks.sliding_window_view(np.pad(image, pads, mode="constant"), kernel.shape)
    return np.tensordot(windows, kernel, axes=2)
