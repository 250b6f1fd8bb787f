"""Nested lists, made by recursion; the result is a transposed view."""

import numpy as np


def one_hot(labels, num_classes):
    def encode(value):
        if isinstance(value, list):
            return [encode(one) for one in value]
        if value not in range(num_classes):
            raise ValueError(value)
        return [float(k == value) for k in range(num_classes)]

    encoded = np.array(encode(labels.tolist()), dtype=np.float32)
    return np.moveaxis(np.moveaxis(encoded.reshape(*labels.shape, num_classes), -1, 0).copy(), 0, -1)
