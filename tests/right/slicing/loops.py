import numpy as np


def reverse(x):
    out = np.empty_like(x)
    for i in range(len(x)):
        out[len(x) - 1 - i] = x[i]
    return out


def tail(x, n):
    out = np.empty_like(x[:n])
    for i in range(n):
        out[n - 1 - i] = x[-1 - i]
    return out


def reversed_from(x, k):
    out = np.empty(k + 1, dtype=x.dtype)
    for i in range(k + 1):
        out[i] = x[k - i]
    return out


def mirror(image):
    height, width, channels = image.shape
    out = np.empty((height, width, channels), dtype=image.dtype)
    for row in range(height):
        for column in range(width):
            out[row, column] = image[row, width - 1 - column]
    return out


def rotate90(image):
    height, width, channels = image.shape
    out = np.empty((width, height, channels), dtype=image.dtype)
    for row in range(height):
        for column in range(width):
            out[width - 1 - column, row] = image[row, column]
    return out


def swap_channels(image):
    out = image.copy()
    for row in out:
        for pixel in row:
            red = pixel[0].copy()
            pixel[0] = pixel[2]
            pixel[2] = red
    return out
