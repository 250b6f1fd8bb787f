"""Everything is taken to float64 first; suppressed boxes get a score of minus infinity."""

import numpy as np


def nms(boxes, scores, iou_threshold):
    boxes, left = np.array(boxes, np.float64), np.array(scores, np.float64)
    picked = []
    while left.size and left.max() > -np.inf:
        i = int(left.argmax())
        picked.append(i)
        left[i] = -np.inf
        wh = np.minimum(boxes[i, 2:], boxes[:, 2:]) - np.maximum(boxes[i, :2], boxes[:, :2])
        inter = np.where((wh > 0).all(1), wh[:, 0] * wh[:, 1], 0.0)
        union = np.prod(boxes[:, 2:] - boxes[:, :2], 1) + np.prod(boxes[i, 2:] - boxes[i, :2]) - inter
        left[inter / union > iou_threshold] = -np.inf
    return np.asarray(picked, dtype=np.intp)
