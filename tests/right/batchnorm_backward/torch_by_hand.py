"""The closed formula in torch, without its autograd; a list of results."""

import torch


def batchnorm_backward(dout, x, gamma, eps=1e-5):
    dout, x, gamma = torch.tensor(dout), torch.tensor(x), torch.tensor(gamma)
    var, mean = torch.var_mean(x, dim=0, unbiased=False)
    inverse = torch.rsqrt(var + eps)
    xhat = (x - mean) * inverse
    dbeta, dgamma = dout.sum(0), (dout * xhat).sum(0)
    dx = gamma * inverse / len(x) * (len(x) * dout - dbeta - xhat * dgamma)
    return [dx.numpy(), dgamma.numpy(), dbeta.numpy()]
