"""Recursion on what is left of detections and objects, float32 wherever the input is; returns a view."""

import numpy as np


def overlaps(box, others):
    side = np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2])
    shared = np.where((side > 0).all(1), side[:, 0] * side[:, 1], 0)
    return shared / (np.prod(box[2:] - box[:2]) + np.prod(others[:, 2:] - others[:, :2], 1) - shared)


def match_detections(boxes, scores, truths, iou_threshold):
    flags = np.zeros((len(boxes), 2), dtype=bool)

    def go(left, objects):
        if not left or not len(objects):
            return
        first, *rest = left
        ious = overlaps(boxes[first], objects)
        best = int(np.argmax(ious))
        if ious[best] >= iou_threshold:
            flags[first, 0] = True
            objects = np.delete(objects, best, axis=0)
        go(rest, objects)

    go(np.argsort(-scores, kind="mergesort").tolist(), truths)
    return flags[:, 0]
