"""The coordinate trick in the boxes' own dtype: every class is moved by more than the extent of all boxes."""

import numpy as np


def batched_nms(boxes, scores, labels, iou_threshold):
    if boxes.size == 0:
        return np.empty((0,), dtype=np.int64)
    span = boxes.max() - boxes.min() + boxes.dtype.type(1)
    b = boxes + labels.astype(boxes.dtype)[:, None] * span
    order = np.lexsort((np.arange(len(scores)), -scores))
    keep = []
    while order.size:
        i = order[0]
        keep.append(i)
        r = order[1:]
        lt, rb = np.maximum(b[i, :2], b[r, :2]), np.minimum(b[i, 2:], b[r, 2:])
        wh = np.clip(rb - lt, 0, None)
        inter = wh[:, 0] * wh[:, 1]
        union = np.prod(b[i, 2:] - b[i, :2]) + np.prod(b[r, 2:] - b[r, :2], axis=1) - inter
        order = r[inter / union <= iou_threshold]
    return np.asarray(keep)
