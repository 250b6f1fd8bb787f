"""Recursion: the log-sum-exp of a row from those of its two halves, in Python floats."""

import math


def _log_sum_exp(row):
    if len(row) == 1:
        return row[0]
    middle = len(row) // 2
    low, high = sorted((_log_sum_exp(row[:middle]), _log_sum_exp(row[middle:])))
    return high + math.log1p(math.exp(low - high))


def cross_entropy(logits, targets):
    rows = logits.astype(float).tolist()
    return sum(_log_sum_exp(row) - row[target] for row, target in zip(rows, targets, strict=True)) / len(rows)
