"""Plain Python: sorted with a key, a set of taken objects, IoU of two lists."""

import numpy as np


def iou(p, q):
    w = min(p[2], q[2]) - max(p[0], q[0])
    h = min(p[3], q[3]) - max(p[1], q[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h)


def match_detections(boxes, scores, truths, iou_threshold):
    boxes, truths = boxes.tolist(), truths.tolist()
    result, taken = [False] * len(boxes), set()
    for i in sorted(range(len(boxes)), key=lambda k: -scores[k]):
        best, best_iou = None, -1.0
        for j, truth in enumerate(truths):
            if j in taken:
                continue
            overlap = iou(boxes[i], truth)
            if overlap > best_iou:
                best, best_iou = j, overlap
        if best is not None and best_iou >= iou_threshold:
            result[i] = True
            taken.add(best)
    return np.array(result, dtype=bool)
