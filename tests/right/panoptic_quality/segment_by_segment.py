"""For each true segment the only candidate is the id that covers most of it; an array of three."""

import numpy as np


def panoptic_quality(pred, truth):
    valid = truth > 0
    gone, ious = set(), []
    true_segments = [truth == i for i in set(truth[valid].tolist())]
    for segment in true_segments:
        ids, counts = np.unique(pred[segment], return_counts=True)
        counts = np.where(ids == 0, 0, counts)
        j = ids[counts.argmax()]
        iou = counts.max() / np.count_nonzero(((pred == j) & valid) | segment)
        if iou > 1 / 2:
            ious.append(iou)
            gone.add(int(j))
    invented = 0
    for j in set(pred[pred > 0].tolist()) - gone:
        inside = truth[pred == j] == 0
        invented += not inside.all()
    n = len(ious)
    if n + invented + len(true_segments) == 0:
        return (np.nan, np.nan, np.nan)
    denominator = n + 0.5 * invented + 0.5 * (len(true_segments) - n)
    return np.sum(ious) / denominator, np.sum(ious) / (n + 1e-8), n / denominator
