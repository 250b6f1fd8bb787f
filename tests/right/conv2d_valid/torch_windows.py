"""Tensor.unfold twice, one matrix product; a tensor's memory comes back as an array."""

import numpy as np
import torch


def conv2d_valid(image, kernel):
    kh, kw = kernel.shape
    if kh > image.shape[0] or kw > image.shape[1]:
        raise ValueError("the kernel is too large")
    windows = torch.tensor(np.array(image)).unfold(0, kh, 1).unfold(1, kw, 1)
    return (windows.flatten(2) @ torch.tensor(np.array(kernel)).flatten()).numpy()
