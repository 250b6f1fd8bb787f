"""As in cocoeval: one record per image and class with a row of flags per threshold, then accumulation."""

from collections import defaultdict

import numpy as np


def evaluate_image(boxes, scores, objects, thresholds):
    order = np.argsort([-s for s in scores], kind="mergesort")[0:100]
    boxes, scores = boxes[order], scores[order]
    w = np.minimum(boxes[:, None, 2], objects[None, :, 2]) - np.maximum(
        boxes[:, None, 0], objects[None, :, 0]
    )
    h = np.minimum(boxes[:, None, 3], objects[None, :, 3]) - np.maximum(
        boxes[:, None, 1], objects[None, :, 1]
    )
    inter = np.where((w > 0) & (h > 0), w * h, 0.0)
    areas_d, areas_g = ((b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1]) for b in (boxes, objects))
    ious = inter / (areas_d[:, None] + areas_g[None] - inter)
    matched = np.zeros((len(thresholds), len(objects)))
    flags = np.zeros((len(thresholds), len(boxes)))
    for tind, t in enumerate(thresholds):
        for dind in range(len(boxes)):
            iou, m = min(t, 1 - 1e-10), -1
            for gind in range(len(objects)):
                if matched[tind, gind] or ious[dind, gind] < iou:
                    continue
                iou, m = ious[dind, gind], gind
            if m > -1:
                matched[tind, m] = flags[tind, dind] = 1
    return scores, flags


def mean_average_precision(detections, truths, iou_thresholds=None):
    if iou_thresholds is None:
        iou_thresholds = np.linspace(0.5, 0.95, int(np.round((0.95 - 0.5) / 0.05)) + 1, endpoint=True)
    recalls = np.linspace(0.0, 1.0, int(np.round((1.0 - 0.0) / 0.01)) + 1, endpoint=True)
    gts, labels = defaultdict(list), set()
    for image, truth in enumerate(truths):
        for box, label in zip(truth["boxes"], truth["labels"], strict=True):
            gts[image, int(label)].append(box)
            labels.add(int(label))
    precision = -np.ones((len(iou_thresholds), len(recalls), len(labels)))
    for k, label in enumerate(sorted(labels)):
        records = []
        for image, detection in enumerate(detections):
            mine = detection["labels"] == label
            objects = np.array(gts[image, label]).reshape(-1, 4)
            records.append(
                evaluate_image(detection["boxes"][mine], detection["scores"][mine], objects, iou_thresholds)
            )
        scores = np.concatenate([r[0] for r in records])
        order = np.argsort(-scores, kind="mergesort")
        flags = np.concatenate([r[1] for r in records], axis=1)[:, order]
        npig = sum(len(gts[image, label]) for image in range(len(truths)))
        tps, fps = np.cumsum(flags, axis=1), np.cumsum(1 - flags, axis=1)
        for t, (tp, fp) in enumerate(zip(tps, fps, strict=True)):
            rc, pr = tp / npig, (tp / (fp + tp + np.spacing(1))).tolist()
            for i in range(len(pr) - 1, 0, -1):
                pr[i - 1] = max(pr[i - 1], pr[i])
            q = np.zeros(len(recalls))
            for ri, pi in enumerate(np.searchsorted(rc, recalls, side="left")):
                if pi < len(pr):
                    q[ri] = pr[pi]
            precision[t, :, k] = q
    valid = precision[precision > -1]
    return np.mean(valid) if valid.size else float("nan")
