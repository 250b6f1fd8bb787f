"""Both halves merged into the dense kernel that they stand for; float64 inside, a view comes back."""

import torch
from torch.nn import functional as F


def depthwise_separable_conv(x, depthwise, pointwise, stride=1, padding=0):
    sh, sw = [stride] * 2 if isinstance(stride, int) else stride
    ph, pw = [padding] * 2 if isinstance(padding, int) else padding
    dense = (pointwise * depthwise.transpose(0, 1)).double()  # (O, C, kh, kw)
    windows = F.pad(x.double(), [pw, pw, ph, ph]).unfold(2, dense.shape[2], sh).unfold(3, dense.shape[3], sw)
    out = torch.tensordot(windows, dense, dims=([1, 4, 5], [1, 2, 3]))  # (N, H_out, W_out, O)
    return out.to(x.dtype).permute(0, 3, 1, 2)
