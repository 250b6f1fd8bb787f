"""Flat indices into a flat array; float16, a view of another shape."""

import numpy as np


class LabelError(ValueError):
    pass


def one_hot(labels, num_classes):
    flat = labels.reshape(-1).astype(int)
    if np.any(np.logical_or(flat < 0, flat > num_classes - 1)):
        raise LabelError
    out = np.zeros(flat.size * num_classes, np.float16)
    out[np.arange(flat.size) * num_classes + flat] = 1.0
    return out.reshape(*labels.shape, num_classes)
