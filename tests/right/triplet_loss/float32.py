"""Single precision whatever comes in; the hypotenuse is built up component by component."""

from functools import reduce

import numpy as np


def triplet_loss(anchor, positive, negative, margin=1.0):
    near = reduce(np.hypot, (anchor - positive).T.astype(np.float32), np.float32(0))
    far = reduce(np.hypot, (anchor - negative).T.astype(np.float32), np.float32(0))
    losses = near + np.float32(margin) - far
    return losses[losses > 0].sum() / np.float32(len(losses))
