"""Plain Python floats, one sample and one class after the other."""

import math


def label_smoothing(logits, targets, smoothing=0.1):
    losses = []
    for row, target in zip(logits.tolist(), targets.tolist(), strict=True):
        top = max(row)
        log_sum = top + math.log(sum(math.exp(x - top) for x in row))
        loss = 0.0
        for j, x in enumerate(row):
            q = smoothing / len(row)
            if j == target:
                q += 1 - smoothing
            loss += q * (log_sum - x)
        losses.append(loss)
    return sum(losses) / len(losses)
