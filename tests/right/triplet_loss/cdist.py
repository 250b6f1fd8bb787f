"""All distances by scipy, of which the diagonal counts; the clamp as half of x + |x|."""

import numpy as np
from scipy.spatial.distance import cdist


def triplet_loss(anchor, positive, negative, margin=1.0):
    lack = np.diag(cdist(anchor, positive)) - np.diag(cdist(anchor, negative)) + margin
    return np.mean((lack + np.abs(lack)) / 2)
