"""One strided slice of the padded batch for each element of the kernel, mixed over channels and added up."""

import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    (sh, sw), (ph, pw), (dh, dw) = (np.array([v]).repeat(2)[:2] if np.ndim(v) == 0 else v
                                    for v in (stride, padding, dilation))  # fmt: skip
    padded = np.pad(x, [(0, 0), (0, 0), (ph, ph), (pw, pw)])
    height, width = padded.shape[2:]
    outputs, per_group, kh, kw = weight.shape
    share = outputs // groups
    shape = (height - dh * (kh - 1) + sh - 1) // sh, (width - dw * (kw - 1) + sw - 1) // sw
    out = np.zeros((len(x), outputs, *shape))
    if bias is not None:
        out += bias[:, None, None]
    for p in range(kh):
        for q in range(kw):
            seen = padded[:, :, p * dh :: sh, q * dw :: sw][:, :, : shape[0], : shape[1]]
            for g in range(groups):
                channels = seen[:, g * per_group : (g + 1) * per_group]
                filters = weight[g * share : (g + 1) * share, :, p, q]
                out[:, g * share : (g + 1) * share] += np.tensordot(filters, channels, axes=(1, 1)).swapaxes(
                    0, 1
                )
    return out
