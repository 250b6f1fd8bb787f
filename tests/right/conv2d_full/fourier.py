"""By the convolution theorem: complex spectra of the full size, the kernel reversed first."""

import numpy as np


def conv2d_full(image, kernel):
    shape = tuple(a + b - 1 for a, b in zip(image.shape, kernel.shape, strict=True))
    spectrum = np.fft.fft2(image, shape) * np.fft.fft2(np.rot90(kernel, 2), shape)
    return np.fft.ifft2(spectrum).real
