"""Backward pass of max pooling: the gradient of each output is added to the first maximum of its window.

Source: the subgradient of the maximum; ties as in torch.nn.functional.max_pool2d, whose indices are
those of the first maximum in row-major order.
"""

import numpy as np


def max_pool2d_backward(
    dout: np.ndarray,
    x: np.ndarray,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
) -> np.ndarray:
    kh, kw = _pair(kernel_size)
    sh, sw = _pair(kernel_size if stride is None else stride)
    dx = np.zeros_like(x)
    for n, c, i, j in np.ndindex(dout.shape):
        top, left = i * sh, j * sw
        window = x[n, c, top : top + kh, left : left + kw]
        row, column = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, top + row, left + column] += dout[n, c, i, j]
    return dx


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return value if isinstance(value, tuple) else (value, value)
