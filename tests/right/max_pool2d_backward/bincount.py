"""Winners by sorting keys, gradients by np.bincount, which gives float64."""

import numpy as np


def max_pool2d_backward(dout, x, kernel_size, stride=None):
    kernel = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    stride = kernel if stride is None else (stride, stride) if isinstance(stride, int) else stride
    width = x.shape[3]
    images, gradients = x.reshape(-1, x.shape[2], width), dout.reshape(-1, *dout.shape[2:])
    dx = []
    for image, gradient in zip(images, gradients, strict=True):
        values, winners = image.ravel(), []
        for i in range(gradient.shape[0]):
            for j in range(gradient.shape[1]):
                covered = [
                    (i * stride[0] + p) * width + j * stride[1] + q
                    for p in range(kernel[0])
                    for q in range(kernel[1])
                ]
                winners.append(min(covered, key=lambda place: (-values[place], place)))
        dx.append(np.bincount(winners, weights=gradient.ravel(), minlength=values.size))
    return np.array(dx).reshape(x.shape)
