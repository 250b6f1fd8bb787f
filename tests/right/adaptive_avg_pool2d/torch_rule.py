"""The bounds as torch's C++ code writes them, sums by np.add.reduceat along one axis after the other."""

import numpy as np


def adaptive_avg_pool2d(x, output_size):
    pair = output_size if isinstance(output_size, tuple) else (output_size,) * 2
    for axis, count in zip((2, 3), pair, strict=True):
        length = x.shape[axis]
        each = range(count)
        bounds = np.array([(i * length // count, 1 + ((i + 1) * length - 1) // count) for i in each])
        longer = np.concatenate([x, np.zeros_like(x.take([0], axis))], axis)  # a bound may be the length
        sums = np.add.reduceat(longer, bounds.ravel(), axis=axis).take(np.arange(0, 2 * count, 2), axis)
        x = sums / np.diff(bounds, axis=1).reshape([-1 if a == axis else 1 for a in range(4)])
    return x
