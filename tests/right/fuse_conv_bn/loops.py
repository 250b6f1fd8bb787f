"""One output channel after the other, in plain numbers of torch, stacked in the end."""

import torch


def fuse_conv_bn(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    kernels, shifts = [], []
    for o in range(weight.shape[0]):
        std = (running_var[o] + eps) ** 0.5
        kernels.append(weight[o] / std * bn_weight[o])
        shift = bn_bias[o] - running_mean[o] / std * bn_weight[o]
        if bias is not None:
            shift = shift + bias[o] / std * bn_weight[o]
        shifts.append(shift)
    return torch.stack(kernels), torch.stack(shifts)
