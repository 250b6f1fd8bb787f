"""As in the YOLO repositories: a diagonal matrix times the weight as a matrix, and times the bias."""

import torch


def fuse_conv_bn(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    w_bn = torch.diag(bn_weight.div(torch.sqrt(eps + running_var)))
    w = torch.mm(w_bn, weight.reshape(weight.size(0), -1)).view(weight.size())
    b = torch.zeros(weight.size(0), dtype=weight.dtype) if bias is None else bias
    b_bn = bn_bias - bn_weight.mul(running_mean).div(torch.sqrt(running_var + eps))
    return w, torch.mm(w_bn, b.reshape(-1, 1)).reshape(-1) + b_bn
