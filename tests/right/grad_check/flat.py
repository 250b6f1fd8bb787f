"""Walks over x.flat backwards; half the sum of the two one-sided differences, with f(x) in the middle."""

import numpy as np


def grad_check(f, x, eps=1e-5):
    here = f(x)
    slopes = []
    for i in reversed(range(x.size)):
        kept = x.flat[i]
        try:
            x.flat[i] = kept + eps
            up = (f(x) - here) / eps
            x.flat[i] = kept - eps
            down = (here - f(x)) / eps
        finally:
            x.flat[i] = kept
        slopes.append((up + down) / 2)
    return np.array(slopes[::-1]).reshape(x.shape)
