"""All pairs that are close enough, sorted by score, index and IoU; the first of each side wins."""

import numpy as np


def match_detections(boxes, scores, truths, iou_threshold):
    n, m = len(boxes), len(truths)
    x1, y1, x2, y2 = (boxes[:, k, None] for k in range(4))
    u1, v1, u2, v2 = (truths[None, :, k] for k in range(4))
    w = np.fmax(np.fmin(x2, u2) - np.fmax(x1, u1), 0)
    h = np.fmax(np.fmin(y2, v2) - np.fmax(y1, v1), 0)
    iou = (w * h) / ((x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - w * h)
    i, j = np.nonzero(iou >= iou_threshold)
    found, used = np.zeros(n, np.bool_), np.zeros(m, np.bool_)
    for k in np.lexsort((-iou[i, j], i, -scores[i])):
        if not found[i[k]] and not used[j[k]]:
            found[i[k]] = used[j[k]] = True
    return found
