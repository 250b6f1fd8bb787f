"""Six loops in plain Python, counting what lies inside."""

import numpy as np


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    def both(value):
        return (value, value) if isinstance(value, int) else tuple(value)

    kh, kw = both(kernel_size)
    sh, sw = both(kernel_size if stride is None else stride)
    ph, pw = both(padding)
    n, c, height, width = x.shape
    out = np.zeros((n, c, (height + 2 * ph - kh) // sh + 1, (width + 2 * pw - kw) // sw + 1))
    for a, b, i, j in np.ndindex(out.shape):
        total, count = 0.0, 0
        for row in range(i * sh - ph, i * sh - ph + kh):
            for column in range(j * sw - pw, j * sw - pw + kw):
                if 0 <= row < height and 0 <= column < width:
                    total += float(x[a, b, row, column])
                    count += 1
        out[a, b, i, j] = total / (kh * kw if count_include_pad else count)
    return out
