"""One view with six strides, built by hand."""

import numpy as np
from numpy.lib.stride_tricks import as_strided


def im2col(x, kernel_size, stride=1, padding=0):
    (kh, kw), (sh, sw), (ph, pw) = [
        (v, v) if isinstance(v, (int, np.integer)) else tuple(v) for v in (kernel_size, stride, padding)
    ]
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    n, c, h, w = x.shape
    s0, s1, s2, s3 = x.strides
    view = as_strided(
        x,
        shape=(n, c, kh, kw, (h - kh) // sh + 1, (w - kw) // sw + 1),
        strides=(s0, s1, s2, s3, sh * s2, sw * s3),
    )
    return view.reshape(n, c * kh * kw, -1)
