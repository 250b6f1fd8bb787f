"""Arrays of the whole data set with an image number each; all in float32, recursion over thresholds."""

import numpy as np


def pool(entries, keys):
    columns = [
        [np.asarray(one[key], np.float32 if key != "labels" else np.int64) for one in entries] for key in keys
    ]
    image = np.repeat(np.arange(len(entries)), [len(one["labels"]) for one in entries])
    return [image, *(np.concatenate(column) for column in columns)]


def ap(scores, hits, k):
    hits = hits[np.argsort(-scores, kind="stable")].astype(np.float32).cumsum()
    precision = np.append(hits / np.arange(1, len(hits) + 1, dtype=np.float32), np.float32(0))
    envelope = np.fmax.accumulate(precision[::-1])[::-1]
    return envelope[[np.count_nonzero(hits * 100 < percent * k) for percent in range(101)]].mean()


def mean_average_precision(detections, truths, iou_thresholds=None):
    if iou_thresholds is None:
        return np.mean(
            [mean_average_precision(detections, truths, [0.5 + 0.05 * i]) for i in range(10)],
            dtype=np.float32,
        )
    if sum(map(len, (truth["labels"] for truth in truths))) == 0:
        return np.float32(np.nan)
    image, boxes, labels, scores = pool(detections, ("boxes", "labels", "scores"))
    where, objects, classes = pool(truths, ("boxes", "labels"))

    # rank within image and class: sort by (class, image, -score, index)
    order = np.lexsort((np.arange(len(scores)), -scores, image, labels))
    group = np.stack([labels, image])[:, order]
    new = np.append(True, (group[:, 1:] != group[:, :-1]).any(axis=0))[: len(order)]
    position = np.arange(len(order))
    rank = position - np.maximum.accumulate(np.where(new, position, 0))
    order = order[rank < 100]
    image, boxes, labels, scores = (column[order] for column in (image, boxes, labels, scores))

    results = []
    for threshold in iou_thresholds:
        taken, hits = np.zeros(len(objects), bool), np.zeros(len(boxes), bool)
        for i, box in enumerate(boxes):
            some = np.flatnonzero((where == image[i]) & (classes == labels[i]) & ~taken)
            if not some.size:
                continue
            b = objects[some].T
            shared = np.maximum(np.minimum(box[2], b[2]) - np.maximum(box[0], b[0]), 0) * np.maximum(
                np.minimum(box[3], b[3]) - np.maximum(box[1], b[1]), 0
            )
            union = (box[2] - box[0]) * (box[3] - box[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
            best = np.argmax(shared / union)
            if shared[best] / union[best] >= threshold:
                hits[i] = taken[some[best]] = True
        for label in np.unique(classes):
            mine = labels == label
            results.append(ap(scores[mine], hits[mine], np.count_nonzero(classes == label)))
    return np.mean(results, dtype=np.float32)
