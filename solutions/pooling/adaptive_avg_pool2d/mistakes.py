import math

import numpy as np


def fixed_bins(x, output_size):
    """You cut bins of one size, H // h, side by side, and leave the rest out; bounds are floor(i * H /
    h) and ceil((i + 1) * H / h).
    """
    return _pool(
        x, output_size, lambda n, count: [(i * (n // count), (i + 1) * (n // count)) for i in range(count)]
    )


def fixed_bins_never_empty(x, output_size):
    """You cut bins of one size, H // h but at least 1, side by side, and leave the rest out; bounds are
    floor(i * H / h) and ceil((i + 1) * H / h).
    """

    def bins(length, count):
        size = max(length // count, 1)
        return [(min(i * size, length - 1), min(i * size, length - 1) + size) for i in range(count)]

    return _pool(x, output_size, bins)


def rest_in_last_bin(x, output_size):
    """You cut bins of size H // h and let the last one take the rest; bounds are floor(i * H / h) and
    ceil((i + 1) * H / h).
    """

    def bins(length, count):
        size = max(length // count, 1)
        starts = [min(i * size, length - 1) for i in range(count)]
        return [(start, length if i == count - 1 else start + size) for i, start in enumerate(starts)]

    return _pool(x, output_size, bins)


def strided_windows(x, output_size):
    """You slide a window of one size by a whole stride, H // h; that gives the asked bins only where h
    divides H.
    """

    def bins(length, count):
        stride = length // count
        size = length - (count - 1) * stride
        return [(i * stride, i * stride + size) for i in range(count)]

    return _pool(x, output_size, bins)


def floor_end(x, output_size):
    """You round the end of a bin down; it is rounded up, so that bins overlap where h does not divide H."""
    return _pool(
        x, output_size, lambda n, count: [(i * n // count, (i + 1) * n // count) for i in range(count)]
    )


def ceil_start(x, output_size):
    """You round the start of a bin up; it is rounded down, so that bins overlap where h does not divide
    H.
    """
    return _pool(
        x,
        output_size,
        lambda n, count: [(-(-i * n // count), -(-(i + 1) * n // count)) for i in range(count)],
    )


def rounded_bounds(x, output_size):
    """You round the bounds to the nearest row; starts are rounded down and ends are rounded up."""
    return _pool(
        x,
        output_size,
        lambda n, count: [
            (math.floor(i * n / count + 0.5), math.floor((i + 1) * n / count + 0.5)) for i in range(count)
        ],
    )


def end_one_too_far(x, output_size):
    """You make every bin end one row after floor((i + 1) * H / h); where h divides H that is one row too
    many.
    """
    return _pool(
        x, output_size, lambda n, count: [(i * n // count, (i + 1) * n // count + 1) for i in range(count)]
    )


def array_split(x, output_size):
    """You split the rows into disjoint parts, the larger ones first, as np.array_split does; bins
    overlap where h does not divide H.
    """

    def bins(length, count):
        parts = np.array_split(np.arange(length), count)
        return [(part[0], part[-1] + 1) if len(part) else (0, 0) for part in parts]

    return _pool(x, output_size, bins)


def bin_size_rounded_first(x, output_size):
    """You divide H by h first and multiply the rounded quotient by i, which misses whole numbers by a
    hair; multiply first, then divide.
    """
    return _pool(
        x,
        output_size,
        lambda n, count: [
            (math.floor(i * (n / count)), math.ceil((i + 1) * (n / count))) for i in range(count)
        ],
    )


def height_width_swapped(x, output_size):
    """You read the pair as width and height; the height comes first."""
    return _pool(x, output_size[::-1] if isinstance(output_size, tuple) else output_size, _right)


def nearest(x, output_size):
    """You pick one element of each bin, as nearest-neighbour resizing does; the mean of the bin is
    asked.
    """
    return _pool(
        x, output_size, lambda n, count: [(i * n // count, i * n // count + 1) for i in range(count)]
    )


def maximum(x, output_size):
    """You take the maximum of each bin; the mean is asked."""
    return _pool(x, output_size, _right, lambda part: part.max(axis=(2, 3)))


def one_divisor(x, output_size):
    """You divide every sum by H * W / (h * w); bins differ in size, and each is divided by its own."""
    h, w = output_size if isinstance(output_size, tuple) else (output_size, output_size)
    size = x.shape[2] * x.shape[3] / (h * w)
    return _pool(x, output_size, _right, lambda part: part.sum(axis=(2, 3)) / size)


def global_only(x, output_size):
    """You average over the whole image whatever the output size; only (1, 1) asks for that."""
    h, w = output_size if isinstance(output_size, tuple) else (output_size, output_size)
    return np.broadcast_to(x.mean(axis=(2, 3), keepdims=True), (*x.shape[:2], h, w)).copy()


def axes_dropped(x, output_size):
    """You drop axes of length 1; the result always has shape (N, C, h, w)."""
    out = _pool(x, output_size, _right)
    return out[:, :, 0, 0] if out.shape[2:] == (1, 1) else out


def _right(length, count):
    return [(i * length // count, -(-(i + 1) * length // count)) for i in range(count)]


def _pool(x, output_size, bins, reduce=None):
    h, w = output_size if isinstance(output_size, tuple) else (output_size, output_size)
    out = np.empty((*x.shape[:2], h, w), x.dtype)
    for i, (top, bottom) in enumerate(bins(x.shape[2], h)):
        for j, (left, right) in enumerate(bins(x.shape[3], w)):
            part = x[:, :, top:bottom, left:right]
            with np.errstate(invalid="ignore"):
                mean = part.sum(axis=(2, 3)) / np.float64(part.shape[2] * part.shape[3])
            out[:, :, i, j] = reduce(part) if reduce else mean
    return out
