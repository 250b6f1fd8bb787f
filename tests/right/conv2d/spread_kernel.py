"""Dilation and groups by a dense kernel full of zeros, stride by leaving out windows in the end."""

import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    sh, sw = stride if isinstance(stride, (tuple, list)) else (stride, stride)
    ph, pw = padding if isinstance(padding, (tuple, list)) else (padding, padding)
    dh, dw = dilation if isinstance(dilation, (tuple, list)) else (dilation, dilation)
    outputs, per_group, kh, kw = weight.shape
    dense = np.zeros((outputs, x.shape[1], (kh - 1) * dh + 1, (kw - 1) * dw + 1), dtype=weight.dtype)
    for o in range(outputs):
        first = (o * groups // outputs) * per_group
        dense[o, first : first + per_group, ::dh, ::dw] = weight[o]
    padded = np.pad(x, ((0,), (0,), (ph,), (pw,)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, dense.shape[2:], axis=(-2, -1))
    out = np.tensordot(windows, dense, axes=([1, 4, 5], [1, 2, 3]))  # (N, all rows, all columns, O)
    if bias is not None:
        out = out + bias
    return out[:, ::sh, ::sw].transpose(0, 3, 1, 2)
