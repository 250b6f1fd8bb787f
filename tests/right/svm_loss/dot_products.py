"""The loss from the gradient: the slopes times the scores, plus a margin for each violation."""

import numpy as np


def svm_loss(scores, targets, margin=1.0):
    total, rows = 0, []
    for s, t in zip(scores, targets, strict=True):
        row = np.where(s - s[t] + margin > 0, 1.0, 0.0)
        row[t] = 0
        row[t] = -row.sum()
        total += row @ s - margin * row[t]
        rows.append(row)
    return total / len(rows), np.stack(rows) / len(rows)
