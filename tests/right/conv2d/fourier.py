"""By the correlation theorem: spectra of channels mixed by einsum, strides applied to the result; float64."""

import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    (sh, sw), (ph, pw), (dh, dw) = ((v, v) if isinstance(v, int) else v for v in (stride, padding, dilation))
    outputs, per_group, kh, kw = weight.shape
    share = outputs // groups
    padded = np.pad(x.astype(np.float64), ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    spread = np.zeros((outputs, per_group, dh * (kh - 1) + 1, dw * (kw - 1) + 1))
    spread[:, :, ::dh, ::dw] = weight
    size = padded.shape[2:]
    images, filters = np.fft.rfft2(padded), np.conj(np.fft.rfft2(spread, s=size))
    spectra = [
        np.einsum("nchw,ochw->nohw", images[:, g * per_group :][:, :per_group], filters[g * share :][:share])
        for g in range(groups)
    ]
    every = np.fft.irfft2(np.concatenate(spectra, axis=1), s=size)
    out = every[:, :, : size[0] - spread.shape[2] + 1 : sh, : size[1] - spread.shape[3] + 1 : sw]
    return out if bias is None else out + bias[:, None, None]
