"""numpy walks along the axis; each vector is shifted by its sorted last."""

import numpy as np


def _one(v):
    e = np.exp(v - np.sort(v)[-1])
    return e / np.einsum("i->", e)


def softmax(x, axis=-1):
    return np.apply_along_axis(_one, axis, x)
