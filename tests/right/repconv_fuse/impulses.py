"""The block is run: what it makes of nothing is the bias, what it makes of bright pixels the kernel."""

import torch
import torch.nn.functional as F

EPS = 1e-5


def repconv_fuse(branch3x3, branch1x1, identity=None):
    w3, w1 = branch3x3["weight"], branch1x1["weight"]

    def block(x, norm):
        y = norm(F.conv2d(x, w3, padding=1), branch3x3) + norm(F.conv2d(x, w1), branch1x1)
        return y if identity is None else y + norm(x, identity)

    channels = torch.arange(w3.size(1))
    impulses = torch.zeros(len(channels), len(channels), 3, 3, dtype=w3.dtype)
    impulses[channels, channels, 1, 1] = 1
    # Without the shifts: taking them off again would cost digits.
    kernel = block(impulses, scaled).flip(2, 3).transpose(0, 1)
    return kernel, block(torch.zeros(1, len(channels), 1, 1, dtype=w3.dtype), normalised).flatten()


def scaled(y, b):
    return y * (b["bn_weight"] / torch.sqrt(b["running_var"] + EPS)).view(1, -1, 1, 1)


def normalised(y, b):
    return scaled(y - b["running_mean"].view(1, -1, 1, 1), b) + b["bn_bias"].view(1, -1, 1, 1)
