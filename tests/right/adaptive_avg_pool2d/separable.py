"""Rows first, then columns: the mean of a rectangle is the mean of the means of its rows; a view."""

from itertools import pairwise

import numpy as np


def adaptive_avg_pool2d(x, output_size):
    pair = (output_size,) * 2 if isinstance(output_size, int) else output_size
    for axis, count in zip((2, 3), pair, strict=True):
        lines = np.moveaxis(x, axis, 0)
        bounds = [
            divmod(i * len(lines), count) for i in range(count + 1)
        ]  # whole part, and what is left over
        means = [lines[start : end + (rest > 0)].mean(axis=0) for (start, _), (end, rest) in pairwise(bounds)]
        x = np.moveaxis(np.stack(means), 0, axis)
    return x
