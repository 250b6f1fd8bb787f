"""Plain Python: a list of candidates with their scores, math.exp, IoU of two lists."""

import math

import numpy as np


def iou(p, q):
    w = min(p[2], q[2]) - max(p[0], q[0])
    h = min(p[3], q[3]) - max(p[1], q[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h)


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    boxes = boxes.tolist()
    waiting = [[score, i] for i, score in enumerate(scores.tolist())]
    keep, kept_scores = [], []
    while waiting:
        top = max(waiting, key=lambda pair: pair[0])
        if top[0] < score_threshold:
            break
        waiting.remove(top)
        keep.append(top[1])
        kept_scores.append(top[0])
        for pair in waiting:
            pair[0] *= math.exp(-(iou(boxes[top[1]], boxes[pair[1]]) ** 2) / sigma)
    return np.array(keep, dtype=int), np.array(kept_scores, dtype=float)
