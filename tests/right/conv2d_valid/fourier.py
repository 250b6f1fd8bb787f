"""By the convolution theorem: a product of spectra is a cyclic correlation, which is cut where it wraps."""

import numpy as np


def conv2d_valid(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("kernel larger than image")
    spectrum = np.fft.rfft2(image) * np.conj(np.fft.rfft2(kernel, s=image.shape))
    cyclic = np.fft.irfft2(spectrum, s=image.shape)
    return cyclic[: image.shape[0] - kernel.shape[0] + 1, : image.shape[1] - kernel.shape[1] + 1]
