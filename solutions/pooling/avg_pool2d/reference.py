"""Average pooling: the window's rows begin at i * stride - padding; what lies outside the image adds
nothing.

Source: torch.nn.functional.avg_pool2d; sizes as in V. Dumoulin, F. Visin, arXiv:1603.07285, 2016,
relationship 6.
"""

import numpy as np


def avg_pool2d(
    x: np.ndarray,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    count_include_pad: bool = True,
) -> np.ndarray:
    (kh, kw), (ph, pw) = _pair(kernel_size), _pair(padding)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    rows = _windows(x.shape[2], kh, sh, ph)
    columns = _windows(x.shape[3], kw, sw, pw)
    out = []
    for i in rows:
        for j in columns:
            window = x[:, :, i, j]  # (N, C, rows and columns inside the image)
            count = kh * kw if count_include_pad else window.shape[2] * window.shape[3]
            out.append(window.sum(axis=(2, 3)) / count)  # (N, C)
    return np.stack(out, axis=2).reshape(*x.shape[:2], len(rows), len(columns))


def _windows(length: int, kernel: int, stride: int, padding: int) -> list[slice]:
    """Return the part of the image that each window covers, in one direction."""
    last = length + padding - kernel
    return [slice(max(start, 0), start + kernel) for start in range(-padding, last + 1, stride)]


def _pair(value: int | tuple[int, int]) -> tuple[int, int]:
    return value if isinstance(value, tuple) else (value, value)
