import numpy as np


def box_iou_used(masks, scores, truth_masks, iou_threshold=0.5):
    """You compare the boxes around the masks; compare the masks themselves, pixel by pixel."""
    return _ap(_filled(masks), scores, _filled(truth_masks), iou_threshold)


def dice_used(masks, scores, truth_masks, iou_threshold=0.5):
    """You compare by Dice, twice the intersection over the sum of areas; IoU divides by the union."""
    ious = _ious(masks, truth_masks)
    return _ap(masks, scores, truth_masks, iou_threshold, ious=2 * ious / (1 + ious))


def truth_reused(masks, scores, truth_masks, iou_threshold=0.5):
    """You let an object be claimed again and again; once it is taken, other detections of it are wrong."""
    ious = _ious(masks, truth_masks)
    return _average(ious.max(axis=1, initial=0) >= iou_threshold, scores, len(truth_masks))


def best_object_even_if_taken(masks, scores, truth_masks, iou_threshold=0.5):
    """You give up when the best object is taken, as PASCAL VOC does; look for the best of the free ones."""
    ious, hits = _ious(masks, truth_masks), np.zeros(len(masks), bool)
    free = np.ones(len(truth_masks), bool)
    for i in _ranking(scores) if len(truth_masks) else ():
        best = ious[i].argmax()
        hits[i] = ious[i, best] >= iou_threshold and free[best]
        free[best] &= not hits[i]
    return _average(hits, scores, len(truth_masks))


def first_object_that_will_do(masks, scores, truth_masks, iou_threshold=0.5):
    """You give a detection the first free object that will do; give it the one with the largest IoU."""
    ious = _ious(masks, truth_masks)
    return _ap(masks, scores, truth_masks, iou_threshold, ious=np.where(ious >= iou_threshold, 1.0, 0.0))


def objects_choose(masks, scores, truth_masks, iou_threshold=0.5):
    """You let every object pick the mask that fits it best; the detections choose, by descending score."""
    ious, hits = _ious(masks, truth_masks), np.zeros(len(masks), bool)
    for j in range(len(truth_masks)):
        left = np.where(hits, 0, ious[:, j])
        if len(masks) and left.max() >= iou_threshold:
            hits[left.argmax()] = True
    return _average(hits, scores, len(truth_masks))


def unsorted(masks, scores, truth_masks, iou_threshold=0.5):
    """You take the detections in the order of the input; they choose and are counted by descending score."""
    return _ap(masks, -np.arange(len(scores)), truth_masks, iou_threshold)


def worst_first(masks, scores, truth_masks, iou_threshold=0.5):
    """You begin with the lowest score; the most confident detection comes first."""
    return _ap(masks, -scores, truth_masks, iou_threshold)


def unstable_ties(masks, scores, truth_masks, iou_threshold=0.5):
    """You take the later of two equal scores first, as reversing an ascending sort does; equal scores stay in
    the order of the input.
    """
    return _ap(masks[::-1], scores[::-1], truth_masks, iou_threshold)


def matched_in_input_order(masks, scores, truth_masks, iou_threshold=0.5):
    """You rank the flags by score but match in the order of the input; a better score chooses first, too."""
    hits = _match(_ious(masks, truth_masks), -np.arange(len(scores)), iou_threshold)
    return _average(hits, scores, len(truth_masks))


def counted_in_input_order(masks, scores, truth_masks, iou_threshold=0.5):
    """You match by score but count the flags in the order of the input; the curve goes by score, too."""
    hits = _match(_ious(masks, truth_masks), scores, iou_threshold)
    return _average(hits, -np.arange(len(scores)), len(truth_masks))


def strict_threshold(masks, scores, truth_masks, iou_threshold=0.5):
    """You ask for an IoU above the threshold; one that equals it suffices."""
    return _ap(masks, scores, truth_masks, np.nextafter(iou_threshold, 2))


def threshold_ignored(masks, scores, truth_masks, iou_threshold=0.5):  # noqa: ARG001
    """You compare with 0.5 whatever iou_threshold says; use the argument."""
    return _ap(masks, scores, truth_masks, 0.5)


def no_envelope(masks, scores, truth_masks, iou_threshold=0.5):
    """You use the precision as measured; it is first raised to the best precision at the same or a larger
    recall.
    """
    return _ap(masks, scores, truth_masks, iou_threshold, envelope=False)


def area_under_the_envelope(masks, scores, truth_masks, iou_threshold=0.5):
    """You take the exact area under the envelope; asked is its mean at the 101 recalls 0, 0.01, …, 1."""
    return _ap(masks, scores, truth_masks, iou_threshold, points=None)


def eleven_points(masks, scores, truth_masks, iou_threshold=0.5):
    """You take 11 recalls, as PASCAL VOC did in 2007; COCO takes the 101 recalls 0, 0.01, …, 1."""
    return _ap(masks, scores, truth_masks, iou_threshold, points=11)


def hundred_points(masks, scores, truth_masks, iou_threshold=0.5):
    """You leave recall 1 out of the grid, as np.arange(0, 1, 0.01) does; both ends belong to it."""
    return _ap(masks, scores, truth_masks, iou_threshold, points=100)


def missed_objects_forgotten(masks, scores, truth_masks, iou_threshold=0.5):
    """You divide the hits by the number of hits, so that recall always ends at 1; objects that were
    never found count too, so divide by their number.
    """
    hits = _match(_ious(masks, truth_masks), scores, iou_threshold)
    return _average(hits, scores, max(int(hits.sum()), 1) if len(truth_masks) else 0)


def recall_by_detections(masks, scores, truth_masks, iou_threshold=0.5):
    """You divide the hits by the number of detections to get recall; divide them by the number of objects."""
    hits = _match(_ious(masks, truth_masks), scores, iou_threshold)
    return _average(hits, scores, max(len(hits), 1) if len(truth_masks) else 0)


def hundred_detections_at_most(masks, scores, truth_masks, iou_threshold=0.5):
    """You keep the best hundred detections, as COCO does; here all of them count."""
    best = _ranking(scores)[:100]
    return _ap(masks[best], scores[best], truth_masks, iou_threshold)


def no_objects_zero(masks, scores, truth_masks, iou_threshold=0.5):
    """You return 0 where there is nothing to be found; recall has no meaning there, so the result is NaN."""
    return _ap(masks, scores, truth_masks, iou_threshold) if len(truth_masks) else 0.0


def no_detections_nan(masks, scores, truth_masks, iou_threshold=0.5):
    """You return NaN where nothing was detected; there were objects and none was found, which is 0."""
    return _ap(masks, scores, truth_masks, iou_threshold) if len(masks) else np.nan


def _ranking(scores):
    return np.argsort(-scores, kind="stable")


def _ious(masks, truth_masks):
    both = np.einsum("nhw,khw->nk", masks.astype(float), truth_masks.astype(float))
    areas = masks.sum(axis=(1, 2))[:, None] + truth_masks.sum(axis=(1, 2))
    return both / np.maximum(areas - both, 1)


def _filled(masks):
    filled = np.zeros_like(masks)
    for mask, box in zip(masks, filled, strict=True):
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        if len(rows):
            box[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = True
    return filled


def _match(ious, scores, iou_threshold):
    """Return the flags in the order of the input."""
    hits, free = np.zeros(len(ious), bool), set(range(ious.shape[1]))
    for i in _ranking(scores):
        best = max(sorted(free), key=lambda j: ious[i, j], default=None)
        if best is not None and ious[i, best] >= iou_threshold:
            hits[i] = True
            free.remove(best)
    return hits


def _average(hits, scores, num_truths, *, points=101, envelope=True):
    if num_truths == 0:
        return np.nan
    found = np.cumsum(hits[_ranking(scores)])
    recall, precision = found / num_truths, found / np.arange(1, len(found) + 1)
    if envelope:
        precision = np.maximum.accumulate(precision[::-1])[::-1]
    if points is None:
        return (np.diff(recall, prepend=0) * precision).sum()
    grid = np.arange(100) / 100 if points == 100 else np.linspace(0, 1, points)
    return np.append(precision, 0)[np.searchsorted(recall, grid)].mean()


def _ap(masks, scores, truth_masks, iou_threshold, *, ious=None, **how):
    ious = _ious(masks, truth_masks) if ious is None else ious
    return _average(_match(ious, scores, iou_threshold), scores, len(truth_masks), **how)
