"""Recursion on what is left, with new arrays instead of changed ones; a list in place of the tuple."""

import numpy as np


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    def area(b):
        return np.prod(b[..., 2:] - b[..., :2], axis=-1)

    def go(left, current):
        if left.size == 0 or not current.max() >= score_threshold:
            return [], []
        first = current == current.max()
        best = int(left[first].min())
        others = left != best
        rest = boxes[left[others]]
        side = np.minimum(boxes[best, 2:], rest[:, 2:]) - np.maximum(boxes[best, :2], rest[:, :2])
        shared = np.prod(side * (side > 0), axis=1)
        iou = shared / (area(boxes[best]) + area(rest) - shared)
        indices, values = go(left[others], current[others] * np.exp(-iou * iou / sigma))
        return [best, *indices], [current.max(), *values]

    indices, values = go(np.arange(len(boxes)), scores)
    return [np.array(indices, np.uint32), np.array(values, scores.dtype)]
