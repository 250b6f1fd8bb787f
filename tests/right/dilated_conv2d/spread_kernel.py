"""Zeros between the elements of the kernel, then a plain convolution by a product of spectra."""

import numpy as np


def dilated_conv2d(image, kernel, dilation):
    shape = [(k - 1) * dilation + 1 for k in kernel.shape]
    if any(k > n for k, n in zip(shape, image.shape, strict=True)):
        raise ValueError("kernel larger than image")
    spread = np.zeros(shape, kernel.dtype)
    spread[::dilation, ::dilation] = kernel
    spectrum = np.fft.rfft2(image) * np.conj(np.fft.rfft2(spread, s=image.shape))
    cyclic = np.fft.irfft2(spectrum, s=image.shape)
    return cyclic[: image.shape[0] - shape[0] + 1, : image.shape[1] - shape[1] + 1]
