"""Recursion on what is left; int32 indices; a small epsilon in the denominator."""

import numpy as np


def nms(boxes, scores, iou_threshold):
    def overlap(a, b):
        lt, rb = np.fmax(a[:2], b[:, :2]), np.fmin(a[2:], b[:, 2:])
        inter = np.prod((rb - lt) * (rb > lt), axis=-1)
        return inter / (np.prod(a[2:] - a[:2]) + np.prod(b[:, 2:] - b[:, :2], axis=-1) - inter + 1e-12)

    def go(left):
        if not len(left):
            return []
        best, *rest = left
        rest = np.array(rest, dtype=np.int32)
        if rest.size:
            rest = rest[overlap(boxes[best], boxes[rest]) <= iou_threshold]
        return [best, *go(rest)]

    return np.array(go(np.lexsort((np.arange(len(scores)), -scores))), dtype=np.int32)
