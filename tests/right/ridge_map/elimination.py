"""Gauss's elimination in plain Python, with pivots."""

import numpy as np


def ridge_map(features, targets, noise_std, prior_std):
    rows, values = features.tolist(), targets.tolist()
    d = len(rows[0])
    system = []
    for i in range(d):
        line = [sum(row[i] * row[j] for row in rows) for j in range(d)]
        line[i] += noise_std**2 / prior_std**2
        system.append([*line, sum(row[i] * value for row, value in zip(rows, values, strict=True))])
    for i in range(d):
        best = max(range(i, d), key=lambda k: abs(system[k][i]))
        system[i], system[best] = system[best], system[i]
        for k in range(i + 1, d):
            factor = system[k][i] / system[i][i]
            system[k] = [a - factor * b for a, b in zip(system[k], system[i], strict=True)]
    weights = [0.0] * d
    for i in reversed(range(d)):
        known = sum(system[i][j] * weights[j] for j in range(i + 1, d))
        weights[i] = (system[i][d] - known) / system[i][i]
    return np.array(weights)
