"""Seven loops over numbers, nothing padded; Python floats, so float64 whatever comes in."""

import numpy as np


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
    def pair(value):
        return (value, value) if isinstance(value, int) else value

    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    n, _, height, width = x.shape
    outputs, per_group, kh, kw = weight.shape
    out_h = (height + 2 * ph - dh * (kh - 1) - 1) // sh + 1
    out_w = (width + 2 * pw - dw * (kw - 1) - 1) // sw + 1
    x, weight_list = x.tolist(), weight.tolist()
    out = np.zeros((n, outputs, out_h, out_w))
    for b in range(n):
        for o in range(outputs):
            first = o // (outputs // groups) * per_group
            for i in range(out_h):
                for j in range(out_w):
                    total = 0.0 if bias is None else float(bias[o])
                    for c in range(per_group):
                        for p in range(kh):
                            for q in range(kw):
                                y, z = i * sh - ph + p * dh, j * sw - pw + q * dw
                                if 0 <= y < height and 0 <= z < width:
                                    total += x[b][first + c][y][z] * weight_list[o][c][p][q]
                    out[b, o, i, j] = total
    return out
