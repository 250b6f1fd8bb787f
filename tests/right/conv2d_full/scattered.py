"""Each pixel adds its share, the kernel reversed, to the result, which is a view that runs backwards."""

import numpy as np


def conv2d_full(image, kernel):
    (h, w), (kh, kw) = image.shape, kernel.shape
    turned = np.zeros((h + kh - 1, w + kw - 1), dtype=image.dtype)
    for i in range(h):
        for j in range(w):
            turned[i : i + kh, j : j + kw] += image[h - 1 - i, w - 1 - j] * kernel
    return turned[::-1, ::-1]
