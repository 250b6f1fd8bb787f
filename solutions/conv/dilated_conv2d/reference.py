"""Dilated cross-correlation: out[i, j] = Σ_p Σ_q image[i + d·p, j + d·q] · kernel[p, q].

Source: F. Yu, V. Koltun, "Multi-scale context aggregation by dilated convolutions", ICLR 2016, equation 2,
without the flip, as in torch.nn.functional.conv2d(dilation=d).
"""

import numpy as np


def dilated_conv2d(image: np.ndarray, kernel: np.ndarray, dilation: int) -> np.ndarray:
    kh, kw = kernel.shape
    reach = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)  # rows, columns from first to last element
    # It raises the ValueError where the reach is larger than the image.
    windows = np.lib.stride_tricks.sliding_window_view(image, reach)
    windows = windows[:, :, ::dilation, ::dilation]  # (H_out, W_out, kh, kw)
    return np.einsum("ijpq,pq->ij", windows, kernel)  # (H - d (kh - 1), W - d (kw - 1))
