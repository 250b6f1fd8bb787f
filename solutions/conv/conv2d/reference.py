"""A layer: out[n, o, i, j] = bias[o] + Σ_c Σ_p Σ_q padded[n, c, s·i + d·p, t·j + e·q] · weight[o, c, p, q].

Source: V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016; channels belong to
groups as in torch.nn.functional.conv2d.
"""

import numpy as np


def conv2d(
    x: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
    groups: int = 1,
) -> np.ndarray:
    sh, sw = np.broadcast_to(stride, 2)  # an int counts for both directions
    ph, pw = np.broadcast_to(padding, 2)
    dh, dw = np.broadcast_to(dilation, 2)
    kh, kw = weight.shape[2:]
    reach = (dh * (kh - 1) + 1, dw * (kw - 1) + 1)  # rows and columns from the kernel's first to its last

    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach, axis=(2, 3))
    windows = windows[:, :, ::sh, ::sw, ::dh, ::dw]  # (N, C, H_out, W_out, kh, kw)

    inputs = np.split(windows, groups, axis=1)  # G times (N, C / G, H_out, W_out, kh, kw)
    filters = np.split(weight, groups)  # G times (O / G, C / G, kh, kw)
    outputs = np.einsum("gncijpq,gocpq->gnoij", inputs, filters)  # (G, N, O / G, H_out, W_out)
    out = np.concatenate(outputs, axis=1)  # (N, O, H_out, W_out)
    return out if bias is None else out + bias[:, np.newaxis, np.newaxis]
