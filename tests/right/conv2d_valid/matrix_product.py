"""Windows gathered by index into rows (im2col), then one product of a matrix with the flattened kernel."""

import numpy as np


def conv2d_valid(image, kernel):
    (height, width), (kh, kw) = image.shape, kernel.shape
    if height < kh or width < kw:
        raise ValueError("kernel larger than image")
    out_shape = (height - kh + 1, width - kw + 1)
    corners = (np.arange(out_shape[0])[:, None] * width + np.arange(out_shape[1])).ravel()
    offsets = (np.arange(kh)[:, None] * width + np.arange(kw)).ravel()
    columns = image.ravel()[corners[:, None] + offsets]
    return (columns @ kernel.reshape(-1)).reshape(out_shape)
