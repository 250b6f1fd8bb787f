"""Plain Python over all boxes, comparing only those of one class; int32 indices."""

import numpy as np


def batched_nms(boxes, scores, labels, iou_threshold):
    keep = []
    for i in sorted(range(len(scores)), key=lambda k: -scores[k]):
        x1, y1, x2, y2 = map(float, boxes[i])
        for j in keep:
            if labels[j] != labels[i]:
                continue
            u1, v1, u2, v2 = map(float, boxes[j])
            w, h = min(x2, u2) - max(x1, u1), min(y2, v2) - max(y1, v1)
            if w > 0 and h > 0:
                union = (x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - w * h
                if w * h / union > iou_threshold:
                    break
        else:
            keep.append(i)
    return np.array(keep, dtype=np.int32)
