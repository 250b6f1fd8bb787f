"""A matrix of overlaps in float64, set to zero between classes, and a scan with a mask of the living."""

import numpy as np


def batched_nms(boxes, scores, labels, iou_threshold):
    order = np.array(sorted(range(len(scores)), key=lambda i: (-float(scores[i]), i)), dtype=np.intp)
    b, c = np.asarray(boxes, np.float64)[order], np.asarray(labels)[order]
    area = np.prod(b[:, 2:] - b[:, :2], axis=1)
    wh = (np.minimum(b[:, None, 2:], b[None, :, 2:]) - np.maximum(b[:, None, :2], b[None, :, :2])).clip(min=0)
    inter = wh.prod(axis=-1)
    iou = np.where(c[:, None] == c[None], inter / (area[:, None] + area[None] - inter), 0)
    dead = np.zeros(len(b), bool)
    for i in range(len(b)):
        if not dead[i]:
            dead[i + 1 :] |= iou[i, i + 1 :] > iou_threshold
    return order[~dead]
