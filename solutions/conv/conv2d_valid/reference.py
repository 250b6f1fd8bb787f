"""Cross-correlation without padding: out[i, j] = Σ_p Σ_q image[i + p, j + q] · kernel[p, q].

Source: I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 9.1, equation 9.6.
"""

import numpy as np


def conv2d_valid(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    (height, width), (kh, kw) = image.shape, kernel.shape
    if kh > height or kw > width:
        raise ValueError(f"a kernel of {kernel.shape} does not fit into an image of {image.shape}")
    return np.array(
        [
            [(image[i : i + kh, j : j + kw] * kernel).sum() for j in range(width - kw + 1)]
            for i in range(height - kh + 1)
        ]
    )  # (H - kh + 1, W - kw + 1)
