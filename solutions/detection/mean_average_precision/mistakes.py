import numpy as np


def images_pooled(detections, truths, iou_thresholds=None):
    """You match the detections with the objects of all images at once; matching stays within an image, and
    only its flags are put together.
    """
    return _map(
        [_joined(detections)] if detections else [], [_joined(truths)] if truths else [], iou_thresholds
    )


def ap_of_images_averaged(detections, truths, iou_thresholds=None):
    """You take the AP of each image and average those; rank the detections of all images together instead,
    for one AP per class.
    """
    aps = [
        _class_ap([found], [truth], label, threshold)
        for found, truth in zip(detections, truths, strict=True)
        for label in _classes([truth])
        for threshold in _thresholds(iou_thresholds)
    ]
    return np.mean(aps) if aps else np.nan


def images_one_after_the_other(detections, truths, iou_thresholds=None):
    """You sort the detections within each image and put the images one after the other; rank the detections
    of all images together by score.
    """
    return _map(detections, truths, iou_thresholds, sort_all=False)


def single_threshold(detections, truths, iou_thresholds=None):
    """You use the IoU threshold 0.5 alone when none is given, as PASCAL VOC does; the default is the mean
    over 0.50, 0.55, …, 0.95.
    """
    return _map(detections, truths, [0.5] if iou_thresholds is None else iou_thresholds)


def last_threshold_missing(detections, truths, iou_thresholds=None):
    """You leave 0.95 out of the ten thresholds, as np.arange(0.5, 0.95, 0.05) does; both ends belong to
    them.
    """
    return _map(detections, truths, np.arange(10, 19) / 20 if iou_thresholds is None else iou_thresholds)


def thresholds_ignored(detections, truths, iou_thresholds=None):  # noqa: ARG001
    """You use COCO's ten thresholds whatever iou_thresholds says; they are only its default."""
    return _map(detections, truths, None)


def first_threshold_only(detections, truths, iou_thresholds=None):
    """You use the first of the thresholds; the result is the mean over all of them."""
    return _map(detections, truths, _thresholds(iou_thresholds)[:1])


def matched_once(detections, truths, iou_thresholds=None):
    """You match at the lowest threshold and then ask which of the pairs reach the others; match for each
    threshold anew, since a detection that falls short leaves its object to the next one.
    """
    lowest = min(_thresholds(iou_thresholds))

    def match(ious, threshold):
        pairs = _pairs(ious, lowest)
        return np.array([j is not None and ious[i, j] >= threshold for i, j in enumerate(pairs)], bool)

    return _map(detections, truths, iou_thresholds, match=match)


def absent_class_zero(detections, truths, iou_thresholds=None):
    """You count a class without any object as 0, because there are detections of it; it is left out of the
    mean.
    """
    return _map(detections, truths, iou_thresholds, classes=_classes(detections + truths), absent=0.0)


def class_without_detections_left_out(detections, truths, iou_thresholds=None):
    """You leave a class out of the mean when nothing of it was detected; it has objects and none was found,
    which counts as 0.
    """
    classes = sorted({*_classes(detections)} & {*_classes(truths)})
    none = 0.0 if _classes(truths) else np.nan
    return _map(detections, truths, iou_thresholds, classes=classes) if classes else none


def classes_ignored(detections, truths, iou_thresholds=None):
    """You match detections with objects of any class; a detection finds objects of its own class only."""
    alike = [[{**one, "labels": one["labels"] * 0} for one in data] for data in (detections, truths)]
    return _map(*alike, iou_thresholds)


def best_object_of_any_class(detections, truths, iou_thresholds=None):
    """You look for the best object among those of all classes and compare the classes afterwards; a detection
    chooses among the objects of its own class.
    """
    closest = []
    for found, truth in zip(detections, truths, strict=True):
        ious = _box_iou(found["boxes"], truth["boxes"])
        best = truth["labels"][ious.argmax(axis=1)] if ious.size else found["labels"]
        far = np.where((best == found["labels"])[:, None], found["boxes"], [-2e9, -2e9, -1e9, -1e9])
        closest.append({**found, "boxes": far})
    return _map(closest, truths, iou_thresholds)


def one_curve_for_all_classes(detections, truths, iou_thresholds=None):
    """You match within classes but put the flags of all classes into one ranking; each class has an AP of its
    own, and the result is their mean.
    """
    classes, total = _classes(truths), sum(len(truth["boxes"]) for truth in truths)
    aps = []
    for threshold in _thresholds(iou_thresholds) if total else ():
        parts = [_flags(detections, truths, label, threshold) for label in classes]
        scores, hits = (np.concatenate([part[k] for part in parts]) for k in (0, 1))
        aps.append(_average(hits[_ranking(scores)], total))
    return np.mean(aps) if aps else np.nan


def classes_weighted(detections, truths, iou_thresholds=None):
    """You weigh each class by its number of objects; in the mean every class counts the same."""
    labels = [label for truth in truths for label in truth["labels"]]
    return _map(detections, truths, iou_thresholds, classes=labels)


def top_100_ignored(detections, truths, iou_thresholds=None):
    """You use all detections; of each class only the best 100 of each image count."""
    return _map(detections, truths, iou_thresholds, most=None)


def first_100(detections, truths, iou_thresholds=None):
    """You keep the first 100 detections in the order of the input; it is the 100 with the largest scores that
    count.
    """
    kept = []
    for found in detections:
        labels = found["labels"]
        before = np.array([np.count_nonzero(labels[:i] == label) for i, label in enumerate(labels)], int)
        kept.append({key: value[before < 100] for key, value in found.items()})
    return _map(kept, truths, iou_thresholds)


def top_100_of_all_classes(detections, truths, iou_thresholds=None):
    """You keep the best 100 detections of an image, whatever their class; every class has its own 100."""
    kept = [{key: value[_ranking(one["scores"])[:100]] for key, value in one.items()} for one in detections]
    return _map(kept, truths, iou_thresholds)


def top_100_of_all_images(detections, truths, iou_thresholds=None):
    """You keep the best 100 detections of a class over all images; every image has its own 100."""
    return _map(detections, truths, iou_thresholds, most_of_all=100)


def truth_reused(detections, truths, iou_thresholds=None):
    """You let an object be found again and again; once it is taken, other detections of it are wrong."""
    match = lambda ious, threshold: (ious >= threshold).any(axis=1)  # noqa: E731
    return _map(detections, truths, iou_thresholds, match=match)


def best_object_even_if_taken(detections, truths, iou_thresholds=None):
    """You give up when a detection's best object is taken, as PASCAL VOC does; it may take the best of those
    that are free.
    """

    def match(ious, threshold):
        hits, free = np.zeros(len(ious), bool), np.ones(ious.shape[1], bool)
        for i, row in enumerate(ious if ious.size else ()):
            hits[i] = row.max() >= threshold and free[row.argmax()]
            free[row.argmax()] &= not hits[i]
        return hits

    return _map(detections, truths, iou_thresholds, match=match)


def first_object_that_will_do(detections, truths, iou_thresholds=None):
    """You give a detection the first free object that will do; give it the one with the largest IoU."""
    match = lambda ious, threshold: _greedy(np.where(ious >= threshold, 1.0, 0.0), threshold)  # noqa: E731
    return _map(detections, truths, iou_thresholds, match=match)


def matched_in_input_order(detections, truths, iou_thresholds=None):
    """You let the detections choose in the order of the input; they choose by descending score."""
    return _map(detections, truths, iou_thresholds, match_sorted=False)


def strict_threshold(detections, truths, iou_thresholds=None):
    """You ask for an IoU greater than the threshold; an equal one suffices."""
    return _map(detections, truths, np.nextafter(_thresholds(iou_thresholds), 2))


def unsorted(detections, truths, iou_thresholds=None):
    """You take the detections in the order of the input, in matching and in the ranking; the largest score
    comes first.
    """
    falling = [{**found, "scores": -np.arange(len(found["scores"])) * 1.0} for found in detections]
    return _map(falling, truths, iou_thresholds, sort_all=False)


def worst_first(detections, truths, iou_thresholds=None):
    """You begin with the lowest score; the most confident detection comes first."""
    return _map([{**found, "scores": -found["scores"]} for found in detections], truths, iou_thresholds)


def later_of_equals(detections, truths, iou_thresholds=None):
    """You take the later of two equal scores first, as reversing an ascending sort does; equal scores keep
    the order of the input.
    """
    backwards = [{key: value[::-1] for key, value in found.items()} for found in detections[::-1]]
    return _map(backwards, truths[::-1], iou_thresholds)


def images_without_detections_skipped(detections, truths, iou_thresholds=None):
    """You pass over images where nothing of a class was detected, and with them over their objects; those
    count in the recall as not found.
    """
    return _map(detections, truths, iou_thresholds, needs="detections", absent=0.0)


def images_without_objects_skipped(detections, truths, iou_thresholds=None):
    """You pass over images that hold no object of a class, and with them over the false alarms there; those
    count.
    """
    return _map(detections, truths, iou_thresholds, needs="objects")


def no_envelope(detections, truths, iou_thresholds=None):
    """You use the precision as measured; it is first raised to the best precision at the same or a larger
    recall.
    """
    return _map(detections, truths, iou_thresholds, envelope=False)


def area_under_the_envelope(detections, truths, iou_thresholds=None):
    """You take the exact area under the envelope, as PASCAL VOC does since 2010; asked is its mean at the 101
    recalls 0, 0.01, …, 1.
    """
    return _map(detections, truths, iou_thresholds, points=None)


def eleven_points(detections, truths, iou_thresholds=None):
    """You take 11 recalls, as PASCAL VOC did in 2007; COCO takes the 101 recalls 0, 0.01, …, 1."""
    return _map(detections, truths, iou_thresholds, points=11)


def hundred_points(detections, truths, iou_thresholds=None):
    """You leave recall 1 out of the grid, as np.arange(0, 1, 0.01) does; both ends belong to it."""
    return _map(detections, truths, iou_thresholds, points=100)


def nothing_zero(detections, truths, iou_thresholds=None):
    """You return 0 where there is nothing to be found; no class is left to take a mean of, so the result is
    NaN.
    """
    return _map(detections, truths, iou_thresholds) if _classes(truths) else 0.0


def plus_one(detections, truths, iou_thresholds=None):
    """You measure a box's width as x2 - x1 + 1, the old pixel convention; here coordinates are continuous, so
    it is x2 - x1.
    """
    return _map(detections, truths, iou_thresholds, extra=1)


def negative_overlap(detections, truths, iou_thresholds=None):
    """You multiply a negative overlap in x by a negative overlap in y and get a positive area; clip both at 0
    first.
    """
    return _map(detections, truths, iou_thresholds, lowest=-np.inf)


def corner_and_size(detections, truths, iou_thresholds=None):
    """You read a box as a corner, a width and a height, as COCO's files have it; here it is two corners."""
    longer = [
        [{**one, "boxes": one["boxes"] + np.pad(one["boxes"][:, :2], ((0, 0), (2, 0)))} for one in data]
        for data in (detections, truths)
    ]
    return _map(*longer, iou_thresholds)


def _map(detections, truths, iou_thresholds, *, classes=None, **how):
    aps = [
        _class_ap(detections, truths, label, threshold, **how)
        for label in (_classes(truths) if classes is None else classes)
        for threshold in _thresholds(iou_thresholds)
    ]
    return np.mean(aps) if aps else np.nan


def _class_ap(detections, truths, label, threshold, *, absent=np.nan, sort_all=True, most_of_all=None, **how):
    curve = {key: how.pop(key) for key in ("points", "envelope") if key in how}
    scores, hits, total = _flags(detections, truths, label, threshold, **how)
    if total == 0:
        return absent
    ranked = hits[_ranking(scores)][:most_of_all] if sort_all else hits
    return _average(ranked, total, **curve)


def _flags(
    detections,
    truths,
    label,
    threshold,
    *,
    most=100,
    match=None,
    match_sorted=True,
    needs=None,
    **convention,
):
    """Return the scores and flags of a class, image by image, and its number of objects."""
    scores, hits, total = [np.zeros(0)], [np.zeros(0, bool)], 0
    for found, truth in zip(detections, truths, strict=True):
        objects = truth["boxes"][truth["labels"] == label]
        mine = np.flatnonzero(found["labels"] == label)
        mine = mine[_ranking(found["scores"][mine])][:most]
        if not match_sorted:
            mine = np.sort(mine)
        if needs is None or len({"detections": mine, "objects": objects}[needs]):
            ious = _box_iou(found["boxes"][mine], objects, **convention)
            scores.append(found["scores"][mine])
            hits.append((match or _greedy)(ious, threshold))
            total += len(objects)
    return np.concatenate(scores), np.concatenate(hits), total


def _greedy(ious, threshold):
    return np.array([j is not None for j in _pairs(ious, threshold)], bool)


def _pairs(ious, threshold):
    free = list(range(ious.shape[1]))
    for row in ious:
        best = max(free, key=lambda j: row[j], default=None)
        if best is not None and row[best] >= threshold:
            free.remove(best)
            yield best
        else:
            yield None


def _average(ranked, num_truths, *, points=101, envelope=True):
    found = np.cumsum(ranked)
    recall, precision = found / max(num_truths, 1), found / np.arange(1, len(found) + 1)
    if envelope:
        precision = np.maximum.accumulate(precision[::-1])[::-1]
    if points is None:
        return (np.diff(recall, prepend=0) * precision).sum()
    grid = np.arange(100) / 100 if points == 100 else np.linspace(0, 1, points)
    return np.append(precision, 0)[np.searchsorted(recall, grid)].mean()


def _thresholds(given):
    return np.linspace(0.5, 0.95, 10) if given is None else np.asarray(given)


def _classes(data):
    return sorted({label for one in data for label in one["labels"].tolist()})


def _joined(data):
    return {key: np.concatenate([one[key] for one in data]) for key in data[0]}


def _ranking(scores):
    return np.argsort(-scores, kind="stable")


def _box_iou(a, b, extra=0, lowest=0):
    sides = np.minimum(a[:, None, 2:], b[:, 2:]) - np.maximum(a[:, None, :2], b[:, :2]) + extra
    intersection = np.maximum(sides, lowest).prod(axis=2)
    areas_a, areas_b = ((boxes[:, 2:] - boxes[:, :2] + extra).prod(axis=1) for boxes in (a, b))
    return intersection / (areas_a[:, None] + areas_b - intersection)
