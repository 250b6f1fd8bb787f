"""Rows of the identity; a look at minimum and maximum unless there is nothing."""

import numpy as np


def one_hot(labels, num_classes):
    if labels.size and (labels.min() < 0 or labels.max() >= num_classes):
        raise ValueError("label out of range")
    return np.eye(num_classes)[labels]
