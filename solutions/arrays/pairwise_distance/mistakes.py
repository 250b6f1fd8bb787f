import numpy as np


def sqrt_of_negative(a, b):
    """You take the root of |a|² + |b|² - 2 a·b as it is; for points that coincide, or nearly, rounding can
    leave it a little below 0, and the root is NaN, so clip it at 0 first.
    """
    with np.errstate(invalid="ignore"):
        return np.sqrt(_squared(a, b, clip=False))


def missing_factor_two(a, b):
    """You subtract a·b once; the square of a difference is |a|² + |b|² - 2 a·b."""
    return np.sqrt(_squared(a, b, factor=1))


def product_added(a, b):
    """You add 2 a·b, which gives the length of a + b; the distance is the length of a - b, so subtract it."""
    return np.sqrt(_squared(a, b, factor=-2))


def squared(a, b):
    """You return squared distances; take the root."""
    return _squared(a, b)


def transposed(a, b):
    """You return a row per point of b; rows belong to a, columns to b."""
    return np.sqrt(_squared(b, a))


def manhattan(a, b):
    """You add up absolute differences, which is the Manhattan distance; asked is the root of the sum
    of squared differences.
    """
    return np.abs(a[:, None] - b).sum(axis=2)


def largest_coordinate(a, b):
    """You take the largest difference of a coordinate; all coordinates count, squared and added up."""
    return np.abs(a[:, None] - b).max(axis=2)


def mean_over_coordinates(a, b):
    """You take the mean of the squared differences; their sum is asked."""
    return np.sqrt(_squared(a, b) / a.shape[1])


def constant_under_the_root(a, b):
    """You add a constant under the root to keep clear of negative numbers, and it becomes the distance of
    points that coincide; clip at 0 instead.
    """
    return np.sqrt(_squared(a, b) + 1e-6)


def constant_as_floor(a, b):
    """You clip the squared distances at a small positive number, and its root becomes the distance of
    points that coincide; clip at 0 itself.
    """
    return np.sqrt(np.maximum(_squared(a, b), 1e-8))


def rows_paired(a, b):
    """You measure the i-th point of a against the i-th of b; measure every point of a against all of b."""
    return np.sqrt(((a - b) ** 2).sum(axis=1))


def _squared(a, b, factor=2, clip=True):
    # Norms and products are summed in one order, so that for points that coincide nothing is left.
    norms_a, norms_b = (a * a).sum(axis=1), (b * b).sum(axis=1)
    total = norms_a[:, None] + norms_b - factor * (a[:, None] * b).sum(axis=2)
    return np.maximum(total, 0) if clip else total
