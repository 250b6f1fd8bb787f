"""Both gradients as products of spectra: dx convolves dout with the kernels, dweight correlates it with x."""

import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    sh, sw = (stride, stride) if np.isscalar(stride) else stride
    ph, pw = (padding, padding) if np.isscalar(padding) else padding
    height, width = x.shape[2:]
    kh, kw = weight.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    size = padded.shape[2:]
    spread = np.zeros((*dout.shape[:2], size[0] - kh + 1, size[1] - kw + 1))
    spread[:, :, ::sh, ::sw] = dout
    d = np.fft.rfft2(spread, s=size)
    dx = np.fft.irfft2(np.einsum("nohw,ochw->nchw", d, np.fft.rfft2(weight, s=size)), s=size)
    dweight = np.fft.irfft2(np.einsum("nohw,nchw->ochw", d.conj(), np.fft.rfft2(padded)), s=size)
    return dx[..., ph : ph + height, pw : pw + width], dweight[..., :kh, :kw], dout.sum(axis=(0, 2, 3))
