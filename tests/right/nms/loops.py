"""Plain Python, no vectorisation, lists of pairs sorted by key."""

import numpy as np


def nms(boxes, scores, iou_threshold):
    keep = []
    for i in sorted(range(len(scores)), key=lambda k: -scores[k]):
        for j in keep:
            w = min(boxes[i][2], boxes[j][2]) - max(boxes[i][0], boxes[j][0])
            h = min(boxes[i][3], boxes[j][3]) - max(boxes[i][1], boxes[j][1])
            if w > 0 and h > 0:
                a = (boxes[i][2] - boxes[i][0]) * (boxes[i][3] - boxes[i][1])
                b = (boxes[j][2] - boxes[j][0]) * (boxes[j][3] - boxes[j][1])
                if w * h > iou_threshold * (a + b - w * h):
                    break
        else:
            keep.append(i)
    return np.array(keep, dtype=int)
