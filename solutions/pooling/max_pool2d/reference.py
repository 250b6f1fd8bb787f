"""Max pooling: the window's rows begin at i * stride - padding, and what lies outside the image is cut
off.

Source: torch.nn.functional.max_pool2d; sizes as in V. Dumoulin, F. Visin, arXiv:1603.07285, 2016,
relationship 6.
"""

import numpy as np


def max_pool2d(
    x: np.ndarray,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
) -> np.ndarray:
    (kh, kw), (ph, pw) = _pair(kernel_size), _pair(padding)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    rows = _windows(x.shape[2], kh, sh, ph)
    columns = _windows(x.shape[3], kw, sw, pw)
    out = [[x[:, :, i, j].max(axis=(2, 3)) for j in columns] for i in rows]  # out_h lists of out_w (N, C)
    return np.array(out).transpose(2, 3, 0, 1)


def _windows(length: int, kernel: int, stride: int, padding: int) -> list[slice]:
    """Return the part of the image that each window covers, in one direction."""
    last = length + padding - kernel
    return [slice(max(start, 0), start + kernel) for start in range(-padding, last + 1, stride)]


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return value if isinstance(value, tuple) else (value, value)
