"""Two plain loops, as the definition reads."""

import numpy as np


def svm_loss(scores, targets, margin=1.0):
    loss = 0.0
    dscores = np.zeros(scores.shape)
    for i, t in enumerate(targets):
        for j in range(scores.shape[1]):
            if j == t:
                continue
            hinge = scores[i, j] - scores[i, t] + margin
            if hinge > 0:
                loss += hinge
                dscores[i, j] += 1
                dscores[i, t] -= 1
    dscores /= len(targets)
    return loss / len(targets), dscores
