"""Columns by torch's unfold, their gradients home by its fold; gradients by hand, no autograd."""

import numpy as np
import torch
from torch.nn import functional as F


def conv2d_backward(dout, x, weight, stride=1, padding=0):
    outputs, _, kh, kw = weight.shape
    columns = F.unfold(torch.tensor(np.array(x)), (kh, kw), padding=padding, stride=stride)
    d = torch.tensor(np.array(dout)).flatten(2)  # (N, O, places)
    dweight = torch.einsum("nol,nkl->ok", d, columns).reshape(weight.shape)
    dcolumns = torch.tensor(np.array(weight)).reshape(outputs, -1).T @ d
    dx = F.fold(dcolumns, x.shape[2:], (kh, kw), padding=padding, stride=stride)
    return dx.numpy(), dweight.numpy(), d.sum(dim=(0, 2)).numpy()
