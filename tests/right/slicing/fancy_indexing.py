import numpy as np


def reverse(x):
    return x[np.arange(len(x) - 1, -1, -1)]


def tail(x, n):
    return x[np.arange(len(x)) >= len(x) - n]


def reversed_from(x, k):
    return np.take(x, np.arange(k + 1)[::-1])


def mirror(image):
    return np.take(image, range(image.shape[1] - 1, -1, -1), axis=1)


def rotate90(image):
    height, width, _ = image.shape
    rows, columns = np.meshgrid(np.arange(height), np.arange(width)[::-1])
    return image[rows, columns]


def swap_channels(image):
    return image[..., [2, 1, 0]]
