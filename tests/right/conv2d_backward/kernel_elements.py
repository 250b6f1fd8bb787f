"""A loop over the elements of the kernel: strided slices, matrix products over channels."""

import numpy as np


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    (sh, sw), (ph, pw) = ((v, v) if isinstance(v, int) else v for v in (stride, padding))
    rows, columns = dout.shape[-2:]
    padded = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    dpadded = np.zeros(padded.shape, padded.dtype)
    dweight = np.empty(weight.shape, weight.dtype)
    for p in range(weight.shape[2]):
        for q in range(weight.shape[3]):
            y, z = slice(p, p + (rows - 1) * sh + 1, sh), slice(q, q + (columns - 1) * sw + 1, sw)
            dweight[:, :, p, q] = np.tensordot(dout, padded[:, :, y, z], axes=([0, 2, 3], [0, 2, 3]))
            dpadded[:, :, y, z] += np.tensordot(dout, weight[:, :, p, q], axes=(1, 0)).transpose(0, 3, 1, 2)
    bottom, right = dpadded.shape[2] - ph, dpadded.shape[3] - pw
    return dpadded[:, :, ph:bottom, pw:right], dweight, np.einsum("nohw->o", dout)
