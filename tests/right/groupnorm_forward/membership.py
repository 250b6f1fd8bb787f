"""A matrix says which channel is in which group; statistics go through it and back."""

import numpy as np


def groupnorm_forward(x, num_groups, gamma, beta, eps=1e-5):
    _, c, h, w = x.shape
    size = c // num_groups
    member = np.kron(np.eye(num_groups), np.ones((1, size)))  # (G, C)
    average = member.T @ member / (size * h * w)  # (C, C)
    centred = x - (x.sum((2, 3)) @ average)[..., None, None]
    variance = (centred**2).sum((2, 3)) @ average
    return centred * (gamma / np.sqrt(variance + eps))[..., None, None] + beta[:, None, None]
