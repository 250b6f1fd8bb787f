"""Exact fractions and their floor; numpy integers where they fit into 64 bits."""

from fractions import Fraction
from math import floor

import numpy as np


def narrow(number):
    return np.int64(number) if number < 2**63 else number


def conv_vs_dense(in_shape, out_channels, kernel_size, stride=1, padding=0):
    kernel_size, stride, padding = (
        (v, v) if isinstance(v, int) else tuple(v) for v in (kernel_size, stride, padding)
    )
    out_h, out_w = (
        floor(Fraction(in_shape[1 + a] + 2 * padding[a] - kernel_size[a], stride[a]) + 1) for a in (0, 1)
    )
    taps = in_shape[0] * kernel_size[0] * kernel_size[1]
    conv_params = sum([taps + 1] * out_channels)
    conv_macs = taps * out_channels * out_h * out_w
    n_in = in_shape[0] * in_shape[1] * in_shape[2]
    n_out = out_channels * out_h * out_w
    numbers = conv_params, conv_macs, n_in * n_out + n_out, n_in * n_out
    a, b, c, d = map(narrow, numbers)
    return (a, b), (c, d)
