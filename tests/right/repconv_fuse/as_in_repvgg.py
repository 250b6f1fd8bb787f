"""As in the code of RepVGG: one function folds any branch, and the identity is given a kernel of its own."""

import torch
import torch.nn.functional as F


def repconv_fuse(branch3x3, branch1x1, identity=None):
    k3, b3 = _fuse_bn(branch3x3.get("weight"), branch3x3)
    k1, b1 = _fuse_bn(branch1x1.get("weight"), branch1x1)
    kid, bid = _fuse_bn(None, identity)
    return k3 + F.pad(k1, [1, 1, 1, 1]) + kid, b3 + b1 + bid


def _fuse_bn(kernel, branch):
    if branch is None:
        return 0, 0
    gamma, beta = branch["bn_weight"], branch["bn_bias"]
    mean, var = branch["running_mean"], branch["running_var"]
    if kernel is None:
        kernel = torch.zeros(len(gamma), len(gamma), 3, 3, dtype=gamma.dtype)
        for i in range(len(gamma)):
            kernel[i, i, 1, 1] = 1
    std = (var + 1e-5).sqrt()
    t = (gamma / std).reshape(-1, 1, 1, 1)
    return kernel * t, beta - mean * gamma / std
