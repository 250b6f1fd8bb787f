"""math.prod over shapes; lists instead of tuples."""

from math import prod


def conv_vs_dense(in_shape, out_channels, kernel_size, stride=1, padding=0):
    pair = lambda v: list(v) if hasattr(v, "__len__") else [v, v]  # noqa: E731
    k, s, p = pair(kernel_size), pair(stride), pair(padding)
    spatial = [(n + 2 * b - a) // c + 1 for n, a, c, b in zip(in_shape[1:], k, s, p, strict=True)]
    out_shape = [out_channels, *spatial]
    weight = [out_channels, in_shape[0], *k]
    conv = [prod(weight) + out_channels, prod(weight) * prod(spatial)]
    dense = [(prod(in_shape) + 1) * prod(out_shape), prod(in_shape) * prod(out_shape)]
    return [conv, dense]
