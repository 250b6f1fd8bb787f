"""Zeros written around the image by hand; a shifted image per element of the kernel, in its own dtype."""

import numpy as np


def conv2d_same(image, kernel):
    (h, w), (kh, kw) = image.shape, kernel.shape
    up, left = kh - 1 - kh // 2, kw - 1 - kw // 2
    padded = np.zeros((h + kh, w + kw), image.dtype)
    padded[up : up + h, left : left + w] = image
    out = np.zeros_like(image, order="C")
    for p in range(kh):
        for q in range(kw):
            out += padded[p : p + h, q : q + w] * kernel[p, q]
    return out
