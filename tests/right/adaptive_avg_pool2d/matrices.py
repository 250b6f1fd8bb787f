"""A matrix of weights for the rows and one for the columns, by broadcasting; einsum."""

import numpy as np


def adaptive_avg_pool2d(x, output_size):
    h, w = np.broadcast_to(output_size, 2)

    def weights(length, count):
        i, k = np.arange(count)[:, None], np.arange(length)
        inside = (k >= i * length // count) & (k < ((i + 1) * length + count - 1) // count)
        return (inside / inside.sum(axis=1, keepdims=True)).astype(x.dtype)

    return np.einsum("ih,nchw,jw->ncij", weights(x.shape[2], h), x, weights(x.shape[3], w))
