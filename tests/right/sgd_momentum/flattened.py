"""All arrays as one long vector, cut apart at the end: the results are views; sums in another order."""

import numpy as np


def sgd_momentum(params, grads, velocity, lr, momentum=0.9, weight_decay=0.0, nesterov=False):
    if not params:
        return [], []
    flat = [np.concatenate([a.ravel() for a in group]) for group in (params, grads, velocity)]
    p, g, v = flat
    v = v * momentum
    v += g
    v += weight_decay * p
    factor = lr * momentum if nesterov else lr
    new = p - factor * v - (lr * g + lr * weight_decay * p if nesterov else 0)
    cuts = np.cumsum([a.size for a in params])[:-1]
    pieces = [np.split(a, cuts) for a in (new, v)]
    return [[piece.reshape(old.shape) for piece, old in zip(group, params, strict=False)] for group in pieces]
