"""One image, one output pixel at a time, stacked in the end."""

import torch
from torch.nn import functional as F


def depthwise_separable_conv(x, depthwise, pointwise, stride=1, padding=0):
    sh, sw = (stride,) * 2 if isinstance(stride, int) else stride
    ph, pw = (padding,) * 2 if isinstance(padding, int) else padding
    kh, kw = depthwise.shape[2], depthwise.shape[3]
    images = []
    for image in F.pad(x, (pw, pw, ph, ph)):
        rows = []
        for i in range(0, image.shape[1] - kh + 1, sh):
            row = []
            for j in range(0, image.shape[2] - kw + 1, sw):
                window = image[:, i : i + kh, j : j + kw]
                filtered = torch.mul(window, depthwise.squeeze(1)).sum((1, 2))  # (C,)
                row.append(torch.mv(pointwise[:, :, 0, 0], filtered))
            rows.append(torch.stack(row, dim=1))
        images.append(torch.stack(rows, dim=1))
    return torch.stack(images)
