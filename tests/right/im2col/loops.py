"""A loop over windows; each is cut out and raveled; float64 whatever comes in."""

import numpy as np


def im2col(x, kernel_size, stride=1, padding=0):
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    batch = []
    for image in x:
        c, h, w = image.shape
        canvas = np.zeros((c, h + 2 * ph, w + 2 * pw))
        canvas[:, ph : ph + h, pw : pw + w] = image
        columns = []
        for top in range(0, h + 2 * ph - kh + 1, sh):
            for left in range(0, w + 2 * pw - kw + 1, sw):
                columns.append(canvas[:, top : top + kh, left : left + kw].ravel())
        batch.append(np.stack(columns, axis=1))
    return np.array(batch)
