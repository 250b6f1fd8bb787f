import numpy as np


def truth_reused(boxes, scores, truths, iou_threshold):  # noqa: ARG001
    """You let an object be found again and again; the first detection takes it, and later ones on it are
    wrong.
    """
    return (_box_iou(boxes, truths) >= iou_threshold).any(axis=1)


def unsorted(boxes, scores, truths, iou_threshold):  # noqa: ARG001
    """You let the detections choose in the order of the input; they choose by descending score."""
    return _greedy(boxes, -np.arange(len(boxes)), truths, iou_threshold)


def worst_first(boxes, scores, truths, iou_threshold):
    """You let the worst score choose first; they choose by descending score."""
    return _greedy(boxes, -scores, truths, iou_threshold)


def strict_threshold(boxes, scores, truths, iou_threshold):
    """You ask for an IoU greater than the threshold; an equal one is close enough."""
    return _greedy(boxes, scores, truths, iou_threshold, enough=np.greater)


def flags_in_score_order(boxes, scores, truths, iou_threshold):
    """You return the flags by descending score; flag i belongs to detection i of the input."""
    flags = _greedy(boxes, scores, truths, iou_threshold)
    return flags[np.argsort(-scores, kind="stable")]


def best_truth_even_if_taken(boxes, scores, truths, iou_threshold):
    """You give up when a detection's best object is taken, as PASCAL VOC does; it may take the best of those
    that are free.
    """
    ious, flags, taken = _box_iou(boxes, truths), np.zeros(len(boxes), bool), set()
    for i in np.argsort(-scores, kind="stable"):
        if len(truths) and ious[i].max() >= iou_threshold and ious[i].argmax() not in taken:
            flags[i] = True
            taken.add(ious[i].argmax())
    return flags


def first_truth_that_fits(boxes, scores, truths, iou_threshold):
    """You take the first free object that is close enough; of several, the one with the largest IoU."""
    return _greedy(boxes, scores, truths, iou_threshold, choose=lambda _ious: 0)


def false_alarm_takes_truth(boxes, scores, truths, iou_threshold):
    """You mark an object as taken by a detection that is not close enough; a false positive takes nothing."""
    ious, flags = _box_iou(boxes, truths), np.zeros(len(boxes), bool)
    for i in np.argsort(-scores, kind="stable"):
        if len(truths) and ious[i].max() > 0:
            best = ious[i].argmax()
            flags[i] = ious[i, best] >= iou_threshold
            ious[:, best] = 0
    return flags


def later_of_equals(boxes, scores, truths, iou_threshold):
    """You let the later of two equal scores choose first, as reversing an ascending sort does; the earlier
    index chooses first.
    """
    return _greedy(boxes[::-1], scores[::-1], truths, iou_threshold)[::-1]


def truths_choose(boxes, scores, truths, iou_threshold):  # noqa: ARG001
    """You let every object choose the detection that fits best; detections choose, by descending score."""
    ious, flags = _box_iou(boxes, truths), np.zeros(len(boxes), bool)
    for j in range(len(truths) if len(boxes) else 0):
        best = np.where(flags, -1, ious[:, j]).argmax()
        flags[best] |= ious[best, j] >= iou_threshold
    return flags


def most_matches(boxes, scores, truths, iou_threshold):
    """You look for the assignment with the most matches; the rule is greedy: what is taken stays taken."""
    fits, owner = _box_iou(boxes, truths) >= iou_threshold, {}

    def place(i, seen):
        for j in np.flatnonzero(fits[i]):
            if j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in np.argsort(-scores, kind="stable"):
        place(i, set())
    flags = np.zeros(len(boxes), bool)
    flags[list(owner.values())] = True
    return flags


def plus_one(boxes, scores, truths, iou_threshold):
    """You measure a box's width as x2 - x1 + 1, the old pixel convention; here coordinates are continuous, so
    it is x2 - x1.
    """
    return _greedy(boxes, scores, truths, iou_threshold, extra=1)


def negative_overlap(boxes, scores, truths, iou_threshold):
    """You multiply a negative overlap in x by a negative overlap in y and get a positive area; clip both at 0
    first.
    """
    return _greedy(boxes, scores, truths, iou_threshold, lowest=-np.inf)


def _greedy(boxes, scores, truths, iou_threshold, enough=np.greater_equal, choose=np.argmax, **convention):
    ious = _box_iou(boxes, truths, **convention)
    flags, free = np.zeros(len(boxes), bool), np.ones(len(truths), bool)
    for i in np.argsort(-scores, kind="stable"):
        candidates = np.flatnonzero(free & enough(ious[i], iou_threshold))
        if len(candidates):
            flags[i] = True
            free[candidates[choose(ious[i, candidates])]] = False
    return flags


def _box_iou(a, b, extra=0, lowest=0):
    sides = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2]) + extra
    intersection = np.maximum(sides, lowest).prod(axis=2)
    areas_a, areas_b = ((boxes[:, 2:] - boxes[:, :2] + extra).prod(axis=1) for boxes in (a, b))
    return intersection / (areas_a[:, None] + areas_b - intersection)
