"""Plain convolutions of the images that every dilation-th pixel makes, put back where they belong."""

import numpy as np


def dilated_conv2d(image, kernel, dilation):
    rows, columns = (n - dilation * (k - 1) for n, k in zip(image.shape, kernel.shape, strict=True))
    if min(rows, columns) < 1:
        raise ValueError("it does not fit")
    out = np.empty((rows, columns))
    for i in range(min(dilation, rows)):
        for j in range(min(dilation, columns)):
            coarse = np.lib.stride_tricks.sliding_window_view(image[i::dilation, j::dilation], kernel.shape)
            part = out[i::dilation, j::dilation]
            part[...] = np.tensordot(coarse, kernel, 2)[: part.shape[0], : part.shape[1]]
    return out
