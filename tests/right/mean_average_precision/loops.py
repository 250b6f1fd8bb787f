"""Plain Python with lists; recalls are compared in whole numbers, the thresholds are i / 20."""

import math


def iou(p, q):
    w = min(p[2], q[2]) - max(p[0], q[0])
    h = min(p[3], q[3]) - max(p[1], q[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / ((p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - w * h)


def of_class(entry, label):
    return [i for i, other in enumerate(entry["labels"].tolist()) if other == label]


def hits_in_image(boxes, objects, threshold):
    free, hits = list(objects), []
    for box in boxes:
        fits = [(iou(box, one), j) for j, one in enumerate(free)]
        overlap, j = max(fits, default=(-1.0, None))
        hits.append(overlap >= threshold)
        if hits[-1]:
            del free[j]
    return hits


def average_precision(ranked, k):
    points, hits = [], 0
    for rank, hit in enumerate(ranked, start=1):
        hits += hit
        points.append((hits, hits / rank))
    total = 0.0
    for percent in range(101):
        total += max((p for h, p in points if 100 * h >= percent * k), default=0.0)
    return total / 101


def mean_average_precision(detections, truths, iou_thresholds=None):
    thresholds = [i / 20 for i in range(10, 20)] if iou_thresholds is None else list(iou_thresholds)
    labels = sorted({int(label) for truth in truths for label in truth["labels"]})
    total, count = 0.0, 0
    for label in labels:
        images, k = [], 0
        for detection, truth in zip(detections, truths, strict=True):
            objects = [truth["boxes"][i].tolist() for i in of_class(truth, label)]
            best = sorted(of_class(detection, label), key=lambda i: -detection["scores"][i])[:100]
            images.append(
                (
                    [float(detection["scores"][i]) for i in best],
                    [detection["boxes"][i].tolist() for i in best],
                    objects,
                )
            )
            k += len(objects)
        for threshold in thresholds:
            flags = []
            for scores, boxes, objects in images:
                flags += zip(scores, hits_in_image(boxes, objects, threshold), strict=True)
            flags.sort(key=lambda pair: pair[0], reverse=True)  # stable in reverse too
            total += average_precision([hit for _, hit in flags], k)
            count += 1
    return total / count if count else math.nan
