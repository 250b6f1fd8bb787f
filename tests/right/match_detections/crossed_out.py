"""A column of the matrix is crossed out when its object is taken; float64; flags are sorted back."""

import numpy as np


def match_detections(boxes, scores, truths, iou_threshold):
    order = np.lexsort((np.arange(len(scores)), -scores))
    ranked, t = np.float64(boxes)[order], np.float64(truths)
    lt, rb = np.maximum(ranked[:, None, :2], t[None, :, :2]), np.minimum(ranked[:, None, 2:], t[None, :, 2:])
    inter = np.prod(np.clip(rb - lt, 0, None), axis=-1)
    areas = np.prod(ranked[:, 2:] - ranked[:, :2], 1)[:, None] + np.prod(t[:, 2:] - t[:, :2], 1)[None]
    iou = inter / (areas - inter + 1e-9)
    flags = np.zeros(len(boxes), bool)
    if len(truths) == 0:
        return flags
    for rank, row in enumerate(iou):
        j = row.argmax()
        if row[j] >= iou_threshold:
            flags[rank] = True
            iou[:, j] = -1
    back = np.empty(len(boxes), bool)
    back[order] = flags
    return back
