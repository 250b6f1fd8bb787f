"""Einsum in float64, whatever comes in; the logarithm's way to the inverse root; a list is returned."""

import torch


def fuse_conv_bn(weight, bias, bn_weight, bn_bias, running_mean, running_var, eps=1e-5):
    gamma, beta, mean, var = (t.double() for t in (bn_weight, bn_bias, running_mean, running_var))
    scale = gamma * torch.exp(-0.5 * torch.log(var + eps))
    shift = torch.addcmul(beta, scale, -mean if bias is None else bias.double() - mean)
    fused = torch.einsum("oikl,o->oikl", weight.double(), scale)
    return [fused.to(weight.dtype), shift.to(weight.dtype)]
