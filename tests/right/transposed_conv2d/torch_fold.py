"""One matrix product gives all stamps, torch's fold adds them up."""

import numpy as np
import torch
from torch.nn import functional as F


def transposed_conv2d(x, weight, stride=1, padding=0):
    (sh, sw), (ph, pw) = ((v, v) if isinstance(v, int) else v for v in (stride, padding))
    n, channels, height, width = x.shape
    kh, kw = weight.shape[2:]
    stamps = torch.from_numpy(np.ascontiguousarray(weight)).reshape(channels, -1).T
    stamps = stamps @ torch.from_numpy(np.ascontiguousarray(x)).reshape(n, channels, -1)
    size = (height - 1) * sh - 2 * ph + kh, (width - 1) * sw - 2 * pw + kw
    return F.fold(stamps, size, (kh, kw), padding=(ph, pw), stride=(sh, sw)).numpy()
