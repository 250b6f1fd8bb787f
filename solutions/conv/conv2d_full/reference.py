"""Cross-correlation at every overlap: a valid one of the image with k - 1 zeros on either side.

Source: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, equation 9.6 and section 9.5.
"""

import numpy as np


def conv2d_full(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))  # (H + 2 kh - 2, W + 2 kw - 2)
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return np.einsum("ijpq,pq->ij", windows, kernel)  # (H + kh - 1, W + kw - 1)
