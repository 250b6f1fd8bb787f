"""Sums of squared IoUs against logarithms of scores; pruned as soon as a score is too low; float64 inside."""

import numpy as np


def overlaps(box, others):
    x1, y1, x2, y2 = np.asarray(others, np.float64).T
    w = np.clip(np.minimum(box[2], x2) - np.maximum(box[0], x1), 0, None)
    h = np.clip(np.minimum(box[3], y2) - np.maximum(box[1], y1), 0, None)
    return w * h / ((box[2] - box[0]) * (box[3] - box[1]) + (x2 - x1) * (y2 - y1) - w * h)


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    with np.errstate(divide="ignore"):
        logs = np.log(scores.astype(np.float64))
        floor = np.log(np.float64(scores.dtype.type(score_threshold)))
    left = np.flatnonzero(logs >= floor)
    picked, values = [], []
    while len(left):
        place = logs[left].argmax()
        best = left[place]
        picked.append(best)
        values.append(np.exp(logs[best]))
        left = np.delete(left, place)
        logs[left] -= overlaps(boxes[best], boxes[left]) ** 2 / sigma
        left = left[logs[left] >= floor]
    return np.asarray(picked, np.int64), np.asarray(values, np.float64)
