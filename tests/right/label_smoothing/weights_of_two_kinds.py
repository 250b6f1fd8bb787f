"""One weight for the true class and one for each other, in a double loop's place a row at a time."""

import numpy as np


def label_smoothing(logits, targets, smoothing=0.1):
    c = logits.shape[1]
    losses = np.empty(len(targets))
    for i, (row, t) in enumerate(zip(logits.astype(float), targets, strict=True)):
        cost = np.log(np.exp(row - row.max()).sum()) - (row - row.max())
        other = smoothing / c
        losses[i] = (1 - (c - 1) * other) * cost[t] + other * np.delete(cost, t).sum()
    return np.average(losses)
