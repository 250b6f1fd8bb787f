"""A loop over the classes that occur, then one stable sort of ascending indices."""

import numpy as np


def nms(boxes, scores, iou_threshold):
    order = np.argsort(-scores, kind="stable")
    keep = []
    x1, y1, x2, y2 = boxes.T
    area = (x2 - x1) * (y2 - y1)
    while len(order) > 0:
        i = order[0]
        keep.append(i)
        w = np.minimum(x2[i], x2[order[1:]]) - np.maximum(x1[i], x1[order[1:]])
        h = np.minimum(y2[i], y2[order[1:]]) - np.maximum(y1[i], y1[order[1:]])
        inter = np.maximum(0, w) * np.maximum(0, h)
        iou = inter / (area[i] + area[order[1:]] - inter + 1e-9)
        order = order[1:][iou <= iou_threshold]
    return keep


def batched_nms(boxes, scores, labels, iou_threshold):
    mask = np.zeros(len(boxes), dtype=bool)
    for c in np.unique(labels):
        idx = np.where(labels == c)[0]
        mask[idx[nms(boxes[idx], scores[idx], iou_threshold)]] = True
    kept = np.where(mask)[0]
    return kept[np.argsort(-scores[kept], kind="stable")]
