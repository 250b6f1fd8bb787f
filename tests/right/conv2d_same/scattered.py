"""Each pixel adds the reversed kernel to the full result, which is cropped in the end; float64 inside."""

import numpy as np


def conv2d_same(image, kernel):
    image, kernel = np.asarray(image, dtype=float), np.asarray(kernel, dtype=float)
    (h, w), (kh, kw) = image.shape, kernel.shape
    full = np.zeros((h + kh - 1, w + kw - 1))
    for (i, j), value in np.ndenumerate(image):
        full[i : i + kh, j : j + kw] += value * np.flip(kernel)
    return full[kh // 2 : kh // 2 + h, kw // 2 : kw // 2 + w]
