"""Reversing, cutting and turning by basic slicing; every result is a view.

Source: NumPy user guide, "Indexing on ndarrays", section "Slicing and striding". For a negative step a start
that is left out is the last index, and a stop that is left out lies before index 0.
"""

import numpy as np


def reverse(x: np.ndarray) -> np.ndarray:
    return x[::-1]


def tail(x: np.ndarray, n: int) -> np.ndarray:
    return x[len(x) - n :]  # not x[-n:], which is all of x for n = 0


def reversed_from(x: np.ndarray, k: int) -> np.ndarray:
    return x[k::-1]


def mirror(image: np.ndarray) -> np.ndarray:
    return image[:, ::-1]


def rotate90(image: np.ndarray) -> np.ndarray:
    columns = image.transpose(1, 0, 2)  # (W, H, C), the leftmost column on top
    return columns[::-1]


def swap_channels(image: np.ndarray) -> np.ndarray:
    return image[..., ::-1]
