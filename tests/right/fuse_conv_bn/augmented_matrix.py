"""The layer as one matrix whose last column is the bias; batch norm scales its rows; a view comes back."""

import torch


def fuse_conv_bn(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    column = weight.new_zeros(len(weight)) if bias is None else bias
    matrix = torch.cat([weight.flatten(start_dim=1), (column - running_mean)[:, None]], dim=1)
    matrix = matrix / (running_var + eps).pow(0.5)[:, None] * bn_weight[:, None]
    return matrix[:, :-1].unflatten(1, weight.shape[1:]), matrix[:, -1] + bn_bias
