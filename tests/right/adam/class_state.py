"""The state is an object of a class; one branch for each kind of decay; means by lerp."""

import copy

import numpy as np


class Moments:
    def __init__(self, params):
        self.step = 0
        self.mean = [np.zeros(p.shape) for p in params]
        self.square = [np.zeros(p.shape) for p in params]


def adam(params, grads, state, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, decoupled=False):
    state = Moments(params) if state is None else copy.deepcopy(state)
    state.step += 1
    result = []
    for i, (p, g) in enumerate(zip(params, grads, strict=False)):
        if weight_decay and not decoupled:
            g = g + weight_decay * p
        state.mean[i] += (1 - betas[0]) * (g - state.mean[i])
        state.square[i] += (1 - betas[1]) * (g * g - state.square[i])
        root = np.sqrt(state.square[i]) / (1 - betas[1] ** state.step) ** 0.5
        size = lr / (1 - betas[0] ** state.step)
        new = p - size * state.mean[i] / (root + eps)
        if decoupled:
            new -= lr * weight_decay * p
        result.append(new)
    return result, state
