"""The running maximum of kh · kw shifted images, in float64, padded with the smallest number."""

import numpy as np


def max_pool2d(x, kernel_size, stride=None, padding=0):
    def both(value):
        return value if isinstance(value, tuple | list) else [value] * 2

    kh, kw = both(kernel_size)
    sh, sw = both(stride or kernel_size)
    ph, pw = both(padding)
    n, c, h, w = x.shape
    padded = np.full((n, c, h + 2 * ph, w + 2 * pw), np.finfo(np.float64).min)
    padded[:, :, ph : ph + h, pw : pw + w] = x
    out_h, out_w = (h + 2 * ph - kh) // sh + 1, (w + 2 * pw - kw) // sw + 1
    out = None
    for p in range(kh):
        for q in range(kw):
            shifted = padded[:, :, p : p + sh * (out_h - 1) + 1 : sh, q : q + sw * (out_w - 1) + 1 : sw]
            out = shifted if out is None else np.maximum(out, shifted)
    return out
