"""One lexsort over the whole batch: by image, negatives first, by loss; then places against budgets."""

import numpy as np


def hard_negative_mining(losses, is_positive, ratio=3):
    n, anchors = losses.shape
    image = np.repeat(np.arange(n), anchors)
    order = np.lexsort((-losses.ravel(), is_positive.ravel(), image))
    place = np.empty(n * anchors, np.int64)
    place[order] = np.tile(np.arange(anchors), n)
    budget = np.minimum(ratio * is_positive.sum(1), (~is_positive).sum(1))
    return (place.reshape(n, anchors) < budget[:, None]) | is_positive
