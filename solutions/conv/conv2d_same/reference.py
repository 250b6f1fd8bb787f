"""Cross-correlation with k - 1 zeros in all, the smaller half before: a valid one of the padded image.

Source: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, equation 9.6 and section 9.5;
the halves as in torch.nn.functional.conv2d(padding="same").
"""

import numpy as np


def conv2d_same(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    kh, kw = kernel.shape
    top, left = (kh - 1) // 2, (kw - 1) // 2
    padded = np.pad(image, ((top, kh - 1 - top), (left, kw - 1 - left)))  # (H + kh - 1, W + kw - 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)  # (H, W, kh, kw)
    return np.einsum("ijpq,pq->ij", windows, kernel)  # (H, W)
