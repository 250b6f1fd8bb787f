"""Transposed convolution: pixels add x[n, c, i, j] · weight[c, o, p, q] to canvas[n, o, s·i + p, t·j + q].

Source: V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016, chapter 4; axes of
weight and size of the result as in torch.nn.functional.conv_transpose2d.
"""

import numpy as np


def transposed_conv2d(
    x: np.ndarray,
    weight: np.ndarray,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> np.ndarray:
    sh, sw = np.broadcast_to(stride, 2)  # an int counts for both directions
    ph, pw = np.broadcast_to(padding, 2)
    n, _, height, width = x.shape
    _, channels, kh, kw = weight.shape

    rows, columns = (height - 1) * sh + kh, (width - 1) * sw + kw
    canvas = np.zeros_like(x, shape=(n, channels, rows, columns))
    for i, j in np.ndindex(height, width):
        painted = np.einsum("nc,copq->nopq", x[:, :, i, j], weight)
        canvas[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw] += painted
    return canvas[:, :, ph : rows - ph, pw : columns - pw]
