"""Plain Python, pixel by pixel."""

import numpy as np


def mask_iou(a, b):
    out = np.zeros((len(a), len(b)))
    pixels = [[[p for row in mask.tolist() for p in row] for mask in masks] for masks in (a, b)]
    for i, first in enumerate(pixels[0]):
        for j, second in enumerate(pixels[1]):
            both = either = 0
            for p, q in zip(first, second, strict=True):
                both += p and q
                either += p or q
            if either:
                out[i, j] = both / either
    return out
