"""Sample after sample, number by number, in Python floats."""

import math

import numpy as np


def mlp_backward(x, targets, w1, b1, w2, b2):
    n, inputs = x.shape
    hidden, classes = w2.shape
    gw1, gb1 = np.zeros((inputs, hidden)), np.zeros(hidden)
    gw2, gb2 = np.zeros((hidden, classes)), np.zeros(classes)
    total = 0.0
    for i in range(n):
        a = [
            float(b1[j]) + math.fsum(float(x[i, k]) * float(w1[k, j]) for k in range(inputs))
            for j in range(hidden)
        ]
        h = [max(value, 0.0) for value in a]
        z = [float(b2[c]) + math.fsum(h[j] * float(w2[j, c]) for j in range(hidden)) for c in range(classes)]
        top, t = max(z), int(targets[i])
        terms = [math.exp(value - top) for value in z]
        total += math.log(sum(terms)) + top - z[t]
        for c in range(classes):
            g = (terms[c] / sum(terms) - (c == t)) / n
            gb2[c] += g
            for j in range(hidden):
                gw2[j, c] += h[j] * g
                if a[j] > 0:
                    back = g * float(w2[j, c])
                    gb1[j] += back
                    for k in range(inputs):
                        gw1[k, j] += float(x[i, k]) * back
    return total / n, {"w1": gw1, "b1": gb1, "w2": gw2, "b2": gb2}
