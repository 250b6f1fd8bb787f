"""Classes first, the true class at minus infinity; the gradient is returned as a transposed view."""

import numpy as np


def svm_loss(scores, targets, margin=1.0):
    s = scores.T
    n = s.shape[1]
    samples = np.arange(n)
    lacking = s - s[targets, samples] + margin
    lacking[targets, samples] = -np.inf
    gradient = (lacking > 0) * 1.0
    gradient[targets, samples] = -gradient.sum(axis=0)
    return np.clip(lacking, 0, None).sum(axis=0).mean(), (gradient / n).T
