"""One shifted image per element of the kernel, written straight into the result; float64 inside."""

import numpy as np


def conv2d_full(image, kernel):
    (h, w), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((h + kh - 1, w + kw - 1))
    for (p, q), weight in np.ndenumerate(kernel):
        out[kh - 1 - p : kh - 1 - p + h, kw - 1 - q : kw - 1 - q + w] += weight * image
    return out
