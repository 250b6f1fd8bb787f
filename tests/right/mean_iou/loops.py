"""Plain Python, pixel by pixel, with dictionaries; a Python float."""

from collections import Counter


def mean_iou(pred, target, num_classes, ignore_index=None):
    both, in_pred, in_target = Counter(), Counter(), Counter()
    for p, t in zip(pred.ravel().tolist(), target.ravel().tolist(), strict=True):
        if ignore_index is not None and t == ignore_index:
            continue
        in_pred[p] += 1
        in_target[t] += 1
        both[t] += p == t
    scores = []
    for c in range(num_classes):
        union = in_pred[c] + in_target[c] - both[c]
        if union > 0:
            scores.append(both[c] / union)
    return sum(scores) / len(scores) if scores else float("nan")
