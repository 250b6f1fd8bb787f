"""A matrix that averages channels over their groups, applied to means of positions; a view as the result."""

import numpy as np


def groupnorm_forward(x, num_groups, gamma, beta, eps=1e-5):
    c = x.shape[1]
    group = np.arange(c) // (c // num_groups)
    pool = (group[:, None] == group[None, :]).astype(x.dtype) / (c // num_groups)  # (C, C)
    last = x.transpose(0, 2, 3, 1)
    first = last[
        :, :1, :1, group * (c // num_groups)
    ]  # one value of the group, so that what is left is small
    shifted = last - first
    centred = shifted - (shifted.mean(axis=(1, 2)) @ pool)[:, None, None, :]
    variance = ((centred * centred).mean(axis=(1, 2)) @ pool)[:, None, None, :]
    return (centred * (variance + eps) ** -0.5 * gamma + beta).transpose(0, 3, 1, 2)
