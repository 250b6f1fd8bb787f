"""One shifted image per element of the kernel, summed in the input's own dtype, last element first."""

import numpy as np


def conv2d_valid(image, kernel):
    kh, kw = kernel.shape
    height, width = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    if min(height, width) <= 0:
        raise ValueError(f"cannot fit {kernel.shape} into {image.shape}")
    out = np.zeros((height, width), dtype=image.dtype)
    for p, q in reversed(list(np.ndindex(kh, kw))):
        out += kernel[p, q] * image[p : p + height, q : q + width]
    return out
