"""The spread kernel's conjugate spectrum times the image's, in the inputs' own width."""

import numpy as np


def dilated_conv2d(image, kernel, dilation):
    rows, columns = (n - dilation * (k - 1) for n, k in zip(image.shape, kernel.shape, strict=True))
    if rows <= 0 or columns <= 0:
        raise ValueError("too large")
    spread = np.zeros_like(image)
    for (p, q), value in np.ndenumerate(kernel):
        spread[p * dilation, q * dilation] = value
    product = np.fft.rfft2(image) * np.conj(np.fft.rfft2(spread))
    return np.fft.irfft2(product, s=image.shape)[:rows, :columns]
