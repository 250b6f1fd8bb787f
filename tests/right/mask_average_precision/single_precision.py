"""Recursion over the ranking; everything after the matching in float32."""

import numpy as np


def mask_average_precision(masks, scores, truth_masks, iou_threshold=0.5):
    k = len(truth_masks)
    if k == 0:
        return np.float32("nan")

    def iou(p, q):
        union = np.count_nonzero(p | q)
        return np.count_nonzero(p & q) / union if union else 0

    def go(order, free):
        if not order:
            return []
        first, *rest = order
        fits = [(iou(masks[first], truth_masks[j]), j) for j in free]
        fits = [pair for pair in fits if pair[0] >= iou_threshold]
        if not fits:
            return [0, *go(rest, free)]
        _, taken = max(fits)
        return [1, *go(rest, free - {taken})]

    order = sorted(range(len(scores)), key=lambda i: scores[i], reverse=True)
    hits = np.array(go(order, frozenset(range(k))), dtype=np.float32).cumsum()
    precision = np.append(hits / np.arange(1, len(hits) + 1, dtype=np.float32), np.float32(0))
    envelope = [precision[i:].max() for i in range(len(precision))]
    total = sum(envelope[int(np.sum(hits * 100 < percent * k))] for percent in range(101))
    return np.float32(total / 101)
