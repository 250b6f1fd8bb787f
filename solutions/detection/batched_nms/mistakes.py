import numpy as np


def classes_ignored(boxes, scores, labels, iou_threshold):
    """You suppress across classes; a box may suppress only boxes with its own label."""
    return _greedy(boxes, scores, np.zeros_like(labels), iou_threshold)


def grouped_by_class(boxes, scores, labels, iou_threshold):
    """You return the kept boxes class after class; they are asked by descending score over all classes."""
    return np.array(_class_after_class(boxes, scores, labels, iou_threshold), dtype=np.int64)


def offset_too_small(boxes, scores, labels, iou_threshold):
    """You shift each class by its label times boxes.max() + 1, which is too small where coordinates are
    negative; a shift has to exceed boxes.max() - boxes.min().
    """
    if not len(boxes):
        return np.zeros(0, np.int64)
    shifted = boxes + (labels * (boxes.max() + 1))[:, None]
    return _greedy(shifted, scores, np.zeros_like(labels), iou_threshold)


def offset_fixed(boxes, scores, labels, iou_threshold):
    """You shift each class by a fixed number of pixels, which larger boxes outgrow; a shift has to exceed
    boxes.max() - boxes.min().
    """
    return _greedy(boxes + labels[:, None] * 4096.0, scores, np.zeros_like(labels), iou_threshold)


def offset_by_label(boxes, scores, labels, iou_threshold):
    """You shift the boxes by their label alone, so that classes still overlap; a shift has to be larger than
    the extent of all boxes.
    """
    return _greedy(boxes + labels[:, None], scores, np.zeros_like(labels), iou_threshold)


def ties_by_class(boxes, scores, labels, iou_threshold):
    """You sort the kept boxes by score when they already stand class after class, so equal scores come in the
    order of classes; the earlier index comes first.
    """
    kept = np.array(_class_after_class(boxes, scores, labels, iou_threshold), dtype=np.int64)
    return kept[np.argsort(-scores[kept], kind="stable")]


def returns_boxes_in_input_order(boxes, scores, labels, iou_threshold):
    """You return the kept indices in the order of the input; they are asked by descending score."""
    return np.sort(_greedy(boxes, scores, labels, iou_threshold))


def touching_threshold_removed(boxes, scores, labels, iou_threshold):
    """You throw away a box whose IoU equals the threshold; only a greater IoU suppresses."""
    return _greedy(boxes, scores, labels, np.nextafter(iou_threshold, -1))


def suppressed_boxes_suppress(boxes, scores, labels, iou_threshold):
    """You let a box that was itself thrown away suppress others; only boxes that are kept may do that."""
    order = np.argsort(-scores, kind="stable")
    kept = [
        i
        for rank, i in enumerate(order)
        if all(labels[j] != labels[i] or _iou(boxes[j], boxes[i]) <= iou_threshold for j in order[:rank])
    ]
    return np.array(kept, dtype=np.int64)


def unstable_ties(boxes, scores, labels, iou_threshold):
    """You take the later of two equal scores first, as reversing an ascending sort does; the earlier index
    comes first.
    """
    return len(scores) - 1 - _greedy(boxes[::-1], scores[::-1], labels[::-1], iou_threshold)


def plus_one(boxes, scores, labels, iou_threshold):
    """You measure a box's width as x2 - x1 + 1, the old pixel convention; here coordinates are continuous, so
    it is x2 - x1.
    """
    return _greedy(boxes, scores, labels, iou_threshold, extra=1)


def negative_overlap(boxes, scores, labels, iou_threshold):
    """You multiply a negative overlap in x by a negative overlap in y and get a positive area; clip both at 0
    first.
    """
    return _greedy(boxes, scores, labels, iou_threshold, lowest=-np.inf)


def _class_after_class(boxes, scores, labels, iou_threshold):
    kept = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        kept += list(members[_greedy(boxes[members], scores[members], labels[members], iou_threshold)])
    return kept


def _greedy(boxes, scores, labels, iou_threshold, **convention):
    kept = []
    for i in np.argsort(-scores, kind="stable"):
        rivals = [j for j in kept if labels[j] == labels[i]]
        if all(_iou(boxes[j], boxes[i], **convention) <= iou_threshold for j in rivals):
            kept.append(i)
    return np.array(kept, dtype=np.int64)


def _iou(a, b, extra=0, lowest=0):
    width = max(min(a[2], b[2]) - max(a[0], b[0]) + extra, lowest)
    height = max(min(a[3], b[3]) - max(a[1], b[1]) + extra, lowest)
    areas = sum((box[2] - box[0] + extra) * (box[3] - box[1] + extra) for box in (a, b))
    return width * height / (areas - width * height)
