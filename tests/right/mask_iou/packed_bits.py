"""Eight pixels to a byte, and a table of how many bits each byte has."""

import numpy as np

BITS = np.array([bin(byte).count("1") for byte in range(256)])


def mask_iou(a, b):
    flat_a = np.packbits(a.reshape(a.shape[0], a.shape[1] * a.shape[2]), axis=1)
    flat_b = np.packbits(b.reshape(b.shape[0], b.shape[1] * b.shape[2]), axis=1)
    intersection = BITS[flat_a[:, None] & flat_b].sum(axis=-1)
    union = BITS[flat_a[:, None] | flat_b].sum(axis=-1)
    return np.where(union > 0, intersection / np.where(union > 0, union, 1), 0.0)
