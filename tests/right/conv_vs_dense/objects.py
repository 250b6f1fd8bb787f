"""numpy arrays of Python integers, which do not wrap around."""

import numpy as np


def conv_vs_dense(in_shape, out_channels, kernel_size, stride=1, padding=0):
    shape = np.array(in_shape, dtype=object)
    k, s, p = (np.array(np.broadcast_to(v, 2).tolist(), dtype=object) for v in (kernel_size, stride, padding))
    maps = out_channels * np.prod((shape[1:] + 2 * p - k) // s + 1)
    window = shape[0] * np.prod(k)
    volume = np.prod(shape)
    return ((window + 1) * out_channels, window * maps), (volume * maps + maps, volume * maps)
