"""Divide and conquer: halves change places, and each is reversed; one recursion serves all six."""

import numpy as np


def reverse(x):
    if len(x) < 2:
        return x
    middle = len(x) // 2
    return np.concatenate([reverse(x[middle:]), reverse(x[:middle])])


def tail(x, n):
    return np.split(x, [len(x) - n])[1]


def reversed_from(x, k):
    return reverse(x[: k + 1])


def mirror(image):
    return reverse(image.swapaxes(0, 1)).swapaxes(0, 1)


def rotate90(image):
    return reverse(image.swapaxes(0, 1))


def swap_channels(image):
    return np.moveaxis(reverse(np.moveaxis(image, -1, 0)), 0, -1)
