"""Through Python lists; strings may come out in a narrower dtype, and vectors of float32 as float64."""

import numpy as np


def reverse(x):
    items = x.tolist()
    items.reverse()
    return np.array(items) if items else x.copy()


def tail(x, n):
    return np.array(x.tolist()[-n:]) if n else np.array([], dtype=x.dtype)


def reversed_from(x, k):
    return np.array(list(reversed(x.tolist()[: k + 1])))


def mirror(image):
    return np.array([list(reversed(row)) for row in image.tolist()], dtype=image.dtype)


def rotate90(image):
    columns = zip(*image.tolist(), strict=True)
    return np.array(list(reversed(list(columns))), dtype=image.dtype)


def swap_channels(image):
    return np.array([[(b, g, r) for r, g, b in row] for row in image.tolist()], dtype=image.dtype)
