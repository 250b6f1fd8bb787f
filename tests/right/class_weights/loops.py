"""Plain Python, one class after the other, the formula as the paper has it."""

import numpy as np


def class_weights(counts, beta=0.999):
    weights = []
    for n in counts.tolist():
        if n == 0:
            weights.append(0.0)
        else:
            effective = (1 - beta**n) / (1 - beta)
            weights.append(1 / effective)
    average = sum(weights) / sum(w > 0 for w in weights)
    return np.array([w / average for w in weights])
