"""A loop over the elements of the kernel, each painting a lattice of all pixels, in the inputs' own dtype."""

import numpy as np


def transposed_conv2d(x, weight, stride=1, padding=0):
    (sh, sw), (ph, pw) = ((v, v) if isinstance(v, int) else v for v in (stride, padding))
    height, width = x.shape[2:]
    kh, kw = weight.shape[2:]
    shape = (len(x), weight.shape[1], height * sh + kh, width * sw + kw)  # a little too large
    canvas = np.zeros(shape, x.dtype)
    for p in range(kh):
        for q in range(kw):
            lattice = canvas[:, :, p : p + height * sh : sh, q : q + width * sw : sw]
            lattice += np.tensordot(x, weight[:, :, p, q], axes=(1, 0)).transpose(0, 3, 1, 2)
    return canvas[:, :, ph : (height - 1) * sh + kh - ph, pw : (width - 1) * sw + kw - pw]
