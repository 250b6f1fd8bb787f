"""One shifted image per element of the kernel, last element first, in the image's dtype."""

import numpy as np


def dilated_conv2d(image, kernel, dilation):
    rows, columns = np.array(image.shape) - dilation * (np.array(kernel.shape) - 1)
    if rows <= 0 or columns <= 0:
        raise ValueError
    out = np.zeros((rows, columns), image.dtype)
    for p, q in reversed(list(np.ndindex(*kernel.shape))):
        y, x = p * dilation, q * dilation
        out += image[y : y + rows, x : x + columns] * kernel[p, q]
    return out
