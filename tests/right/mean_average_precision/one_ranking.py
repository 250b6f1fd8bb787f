"""Sorts everything once, over all images and classes, and walks along it with a state per image and class."""

import numpy as np

KEYS = "boxes", "scores", "labels"


def mean_average_precision(detections, truths, iou_thresholds=None):
    thresholds = np.arange(0.5, 1.0, 0.05) if iou_thresholds is None else np.array(iou_thresholds)
    objects, free, totals = {}, {}, {}
    for image, truth in enumerate(truths):
        for label in np.unique(truth["labels"]):
            mine = truth["boxes"][truth["labels"] == label].astype(np.float64)
            objects[image, label] = mine
            free[image, label] = np.ones((len(thresholds), len(mine)), bool)
            totals[label] = totals.get(label, 0) + len(mine)
    if not totals:
        return np.array(np.nan)

    rows = [
        (-score, image, i, label, box)
        for image, found in enumerate(detections)
        for i, (box, score, label) in enumerate(zip(*(found[k] for k in KEYS), strict=True))
        if label in totals
    ]
    rows.sort(key=lambda row: row[:3])
    seen = {}
    flags = {label: [] for label in totals}
    for _, image, _, label, box in rows:
        key = image, label
        seen[key] = seen.get(key, 0) + 1
        if seen[key] > 100:
            continue
        hit = np.zeros(len(thresholds), bool)
        if key in objects:
            g = objects[key]
            side = np.clip(np.minimum(box[2:], g[:, 2:]) - np.maximum(box[:2], g[:, :2]), 0, None)
            inter = side[:, 0] * side[:, 1]
            union = np.prod(box[2:] - box[:2]) + np.prod(g[:, 2:] - g[:, :2], axis=1) - inter
            iou = np.where(free[key], inter / (union + 1e-12), -1)  # (T, k)
            best = iou.argmax(axis=1)
            hit = iou.max(axis=1) >= thresholds
            free[key][hit, best[hit]] = False
        flags[label].append(hit)

    aps = np.zeros((len(totals), len(thresholds)))
    for row, (label, total) in enumerate(totals.items()):
        if flags[label]:
            found = np.cumsum(flags[label], axis=0)  # (n, T)
            precision = found / np.arange(1, len(found) + 1)[:, None]
            reached = found / total >= (np.arange(101) / 100)[:, None, None]  # (101, n, T)
            aps[row] = np.where(reached, precision, 0).max(axis=1).mean(axis=0)
    return np.array(aps.mean(axis=0).mean())
