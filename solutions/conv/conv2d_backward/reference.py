"""Backward pass of a convolution: each output adds to the window and the weights that it came from.

dweight[o, c, p, q] = Σ dout[n, o, i, j] · padded[n, c, s·i + p, t·j + q], over n, i, j;
dpadded[n, c, y, x] = Σ dout[n, o, i, j] · weight[o, c, p, q], over o and where s·i + p = y, t·j + q = x.

Source: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, equations 9.11 and 9.13.
"""

import numpy as np


def conv2d_backward(
    dout: np.ndarray,
    x: np.ndarray,
    weight: np.ndarray,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    sh, sw = np.broadcast_to(stride, 2)  # an int counts for both directions
    ph, pw = np.broadcast_to(padding, 2)
    (height, width), (kh, kw) = x.shape[2:], weight.shape[2:]

    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded, dweight = np.zeros_like(padded), np.zeros_like(weight)
    for i, j in np.ndindex(dout.shape[2:]):
        rows, columns = slice(i * sh, i * sh + kh), slice(j * sw, j * sw + kw)
        d = dout[:, :, i, j]  # (N, O)
        dweight += np.einsum("no,ncpq->ocpq", d, padded[:, :, rows, columns])
        dpadded[:, :, rows, columns] += np.einsum("no,ocpq->ncpq", d, weight)

    dx = dpadded[:, :, ph : ph + height, pw : pw + width]  # (N, C, H, W)
    return dx, dweight, dout.sum(axis=(0, 2, 3))
