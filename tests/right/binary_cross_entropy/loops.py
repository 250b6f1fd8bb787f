"""Plain Python floats, one element after the other, by the sign of the logit."""

import math


def binary_cross_entropy(logits, targets):
    total, count = 0.0, 0
    for x, y in zip(logits.flatten().tolist(), targets.flatten().tolist(), strict=True):
        if x > 0:
            total += math.log1p(math.exp(-x)) + (1 - y) * x
        else:
            total += math.log(1 + math.exp(x)) - y * x
        count += 1
    return total / count
