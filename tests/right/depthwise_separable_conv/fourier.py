"""Each channel filtered by a product of spectra; channels mixed by F.linear with the channels last."""

import torch
from torch.nn import functional as F


def depthwise_separable_conv(x, depthwise, pointwise, stride=1, padding=0):
    (sh, sw), (ph, pw) = ((v, v) if isinstance(v, int) else v for v in (stride, padding))
    kh, kw = depthwise.shape[2:]
    padded = F.pad(x, (pw, pw, ph, ph))
    height, width = padded.shape[2:]
    spectrum = torch.fft.rfft2(depthwise[:, 0], s=(height, width)).conj()
    filtered = torch.fft.irfft2(torch.fft.rfft2(padded) * spectrum, s=(height, width))
    filtered = filtered[:, :, : height - kh + 1 : sh, : width - kw + 1 : sw]
    return F.linear(filtered.movedim(1, -1), pointwise[:, :, 0, 0]).movedim(-1, 1)
