"""All overlaps first, then a scan with a boolean array of the living."""

import numpy as np


def nms(boxes, scores, iou_threshold):
    n = boxes.shape[0]
    order = np.argsort(scores[::-1], kind="mergesort")[::-1]
    order = n - 1 - order
    x1, y1, x2, y2 = boxes[order].T
    area = (x2 - x1) * (y2 - y1)
    w = np.maximum(0, np.minimum(x2[:, None], x2) - np.maximum(x1[:, None], x1))
    h = np.maximum(0, np.minimum(y2[:, None], y2) - np.maximum(y1[:, None], y1))
    inter = w * h
    iou = inter / (area[:, None] + area - inter)
    alive = np.ones(n, dtype=bool)
    for i in range(n):
        if alive[i]:
            alive[i + 1 :] &= ~(iou[i, i + 1 :] > iou_threshold)
    return order[alive]
