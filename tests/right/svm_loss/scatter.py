"""A list of the violating pairs, from which loss and gradient are gathered and scattered; float32 out."""

import numpy as np


def svm_loss(scores, targets, margin=1.0):
    n, c = scores.shape
    wrong = np.arange(c)[None, :] != targets[:, None]
    true = np.take_along_axis(scores, targets[:, None].astype(np.intp), axis=1)
    sample, other = np.nonzero(wrong & (scores + margin > true))
    gaps = scores[sample, other] + margin - true[sample, 0]
    gradient = np.zeros((n, c), np.float32)
    np.add.at(gradient, (sample, other), 1 / n)
    np.add.at(gradient, (sample, targets[sample]), -1 / n)
    return [np.asarray(gaps.sum() / n), gradient]
