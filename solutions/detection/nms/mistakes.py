import numpy as np


def plus_one(boxes, scores, iou_threshold):
    """You measure a box's width as x2 - x1 + 1, the old pixel convention; here coordinates are continuous, so
    it is x2 - x1.
    """
    return _greedy(scores, iou_threshold, lambda i, j: _iou(boxes[i], boxes[j], extra=1.0))


def touching_threshold_removed(boxes, scores, iou_threshold):
    """You throw away a box whose IoU equals the threshold; only a greater IoU suppresses."""
    order = list(np.argsort(-scores, kind="stable"))
    kept = []
    while order:
        best = order.pop(0)
        kept.append(best)
        order = [i for i in order if _iou(boxes[best], boxes[i]) < iou_threshold]
    return np.array(kept, dtype=np.int64)


def suppressed_boxes_suppress(boxes, scores, iou_threshold):
    """You let a box that was itself thrown away suppress others; only boxes that are kept may do that."""
    order = np.argsort(-scores, kind="stable")
    kept = [
        i
        for rank, i in enumerate(order)
        if all(_iou(boxes[j], boxes[i]) <= iou_threshold for j in order[:rank])
    ]
    return np.array(kept, dtype=np.int64)


def union_keeps_intersection(boxes, scores, iou_threshold):
    """You add both areas for the union and so count the intersection twice; subtract it once."""
    return _greedy(scores, iou_threshold, lambda i, j: _iou(boxes[i], boxes[j], counted_twice=True))


def returns_boxes_in_input_order(boxes, scores, iou_threshold):
    """You return the kept indices in the order of the input; they are asked by descending score."""
    return np.sort(_greedy(scores, iou_threshold, lambda i, j: _iou(boxes[i], boxes[j])))


def unstable_ties(boxes, scores, iou_threshold):
    """You take the later of two equal scores first, as reversing an ascending sort does; the earlier index
    comes first.
    """
    reverse = _greedy(scores[::-1], iou_threshold, lambda i, j: _iou(boxes[::-1][i], boxes[::-1][j]))
    return len(scores) - 1 - reverse


def negative_overlap(boxes, scores, iou_threshold):
    """You multiply a negative overlap in x by a negative overlap in y and get a positive area; clip both at 0
    first.
    """
    return _greedy(scores, iou_threshold, lambda i, j: _iou(boxes[i], boxes[j], clip=False))


def _greedy(scores, iou_threshold, iou):
    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if all(iou(j, i) <= iou_threshold for j in kept):
            kept.append(i)
    return np.array(kept, dtype=np.int64)


def _iou(a, b, extra=0.0, counted_twice=False, clip=True):
    width = min(a[2], b[2]) - max(a[0], b[0]) + extra
    height = min(a[3], b[3]) - max(a[1], b[1]) + extra
    intersection = max(width, 0) * max(height, 0) if clip else width * height
    areas = sum((box[2] - box[0] + extra) * (box[3] - box[1] + extra) for box in (a, b))
    return intersection / (areas if counted_twice else areas - intersection)
