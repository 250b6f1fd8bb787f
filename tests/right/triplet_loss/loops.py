"""Plain Python, math.dist, one triplet after the other."""

import math


def triplet_loss(anchor, positive, negative, margin=1.0):
    total = 0.0
    for a, p, n in zip(anchor.tolist(), positive.tolist(), negative.tolist(), strict=True):
        lack = math.dist(a, p) - math.dist(a, n) + margin
        if lack > 0:
            total += lack
    return total / len(anchor)
