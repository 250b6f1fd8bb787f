"""A straight line is known by two of its points, so batch norm is asked what becomes of them; the weight is
scaled with its output channels last, and a view comes back.
"""

import torch


def fuse_conv_bn(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    def norm(y):
        return (y - running_mean) / torch.sqrt(running_var + eps) * bn_weight + bn_bias

    slope = norm(running_mean + 1) - norm(running_mean)
    offset = norm(0 if bias is None else bias)
    return torch.mul(weight.permute(1, 2, 3, 0), slope).permute(3, 0, 1, 2), offset
