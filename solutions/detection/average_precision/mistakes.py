import numpy as np


def no_envelope(scores, is_true_positive, num_truths, method="continuous"):
    """You use the precision as measured, zigzag and all; it is first raised to the best precision at the same
    or a larger recall.
    """
    return _average(*_curve(scores, is_true_positive, num_truths), num_truths, method)


def trapezoid_under_raw_curve(scores, is_true_positive, num_truths, method="continuous"):
    """You join the measured points by straight lines and take the area under them; asked is the area under
    the envelope, a staircase.
    """
    recall, precision = _curve(scores, is_true_positive, num_truths)
    if method != "continuous" or num_truths == 0 or not len(recall):
        return _average(recall, _envelope(precision), num_truths, method)
    recall, precision = np.insert(recall, 0, 0), np.insert(precision, 0, precision[0])
    return float(((recall[1:] - recall[:-1]) * (precision[1:] + precision[:-1])).sum() / 2)


def envelope_from_the_left(scores, is_true_positive, num_truths, method="continuous"):
    """You carry the best precision from small recall to large, so that it never falls; the envelope looks the
    other way, to the same and larger recalls.
    """
    recall, precision = _curve(scores, is_true_positive, num_truths)
    return _average(recall, np.maximum.accumulate(precision), num_truths, method)


def recall_by_detections(scores, is_true_positive, num_truths, method="continuous"):
    """You divide the hits by the number of detections to get recall; divide them by num_truths, the number of
    objects.
    """
    recall, precision = _curve(scores, is_true_positive, max(len(scores), 1))
    return _average(recall, _envelope(precision), num_truths, method)


def missed_objects_forgotten(scores, is_true_positive, num_truths, method="continuous"):
    """You divide the hits by the number of hits, so that recall always ends at 1; objects that were never
    found count too, so divide by num_truths.
    """
    recall, precision = _curve(scores, is_true_positive, max(np.sum(is_true_positive), 1))
    return _average(recall, _envelope(precision), num_truths, method)


def unsorted(scores, is_true_positive, num_truths, method="continuous"):
    """You take the detections in the order of the input; rank them by descending score first."""
    recall, precision = _curve(-np.arange(len(scores)), is_true_positive, num_truths)
    return _average(recall, _envelope(precision), num_truths, method)


def worst_first(scores, is_true_positive, num_truths, method="continuous"):
    """You rank by ascending score, worst first; the most confident detection comes first."""
    recall, precision = _curve(-scores, is_true_positive, num_truths)
    return _average(recall, _envelope(precision), num_truths, method)


def unstable_ties(scores, is_true_positive, num_truths, method="continuous"):
    """You take the later of two equal scores first, as reversing an ascending sort does; equal scores stay in
    the order of the input.
    """
    recall, precision = _curve(scores[::-1], is_true_positive[::-1], num_truths)
    return _average(recall, _envelope(precision), num_truths, method)


def strict_recall(scores, is_true_positive, num_truths, method="continuous"):
    """You ask at each grid point for a recall greater than it; a recall that equals it reaches it too."""
    recall, precision = _curve(scores, is_true_positive, num_truths)
    return _average(recall, _envelope(precision), num_truths, method, side="right")


def starts_at_precision_one(scores, is_true_positive, num_truths, method="continuous"):
    """You let the curve start at precision 1 for recall 0; it starts at the first detection, and at recall 0
    the envelope has the best precision of all that was measured.
    """
    recall, precision = _curve(scores, is_true_positive, num_truths)
    if len(scores):
        recall, precision = np.insert(recall, 0, 0), np.insert(precision, 0, 1)
    return _average(recall, _envelope(precision), num_truths, method)


def unreached_recall_left_out(scores, is_true_positive, num_truths, method="continuous"):
    """You take the mean over the grid points that were reached; the points beyond the largest recall count as
    0 and belong to the mean too.
    """
    recall, precision = _curve(scores, is_true_positive, num_truths)
    average = _average(recall, _envelope(precision), num_truths, method)
    if method == "continuous" or num_truths == 0 or not len(scores):
        return average
    grid = _grid(method)
    return average * len(grid) / (grid <= recall[-1]).sum()


def grid_without_its_end(scores, is_true_positive, num_truths, method="continuous"):
    """You leave recall 1 out of the grid, as np.arange(0, 1, step) does; both ends belong to it, so there are
    11 or 101 points.
    """
    recall, precision = _curve(scores, is_true_positive, num_truths)
    return _average(recall, _envelope(precision), num_truths, method, grid=_grid(method)[:-1])


def grid_by_repeated_addition(scores, is_true_positive, num_truths, method="continuous"):
    """You make the grid by adding 0.01 again and again, and the rounding errors add up until the last point
    lies above 1, where no recall reaches it; multiply or divide instead, as np.linspace does.
    """
    recall, precision = _curve(scores, is_true_positive, num_truths)
    grid = np.cumsum(np.insert(np.full(len(_grid(method)) - 1, _grid(method)[1]), 0, 0))
    return _average(recall, _envelope(precision), num_truths, method, grid=grid)


def no_objects_zero(scores, is_true_positive, num_truths, method="continuous"):
    """You return 0 where there is nothing to be found; recall has no meaning there, so the result is NaN."""
    if num_truths == 0:
        return 0.0
    recall, precision = _curve(scores, is_true_positive, num_truths)
    return _average(recall, _envelope(precision), num_truths, method)


def _curve(scores, is_true_positive, truths):
    ranking = np.argsort(-scores, kind="stable")
    hits = np.cumsum(is_true_positive[ranking])
    return hits / max(truths, 1), hits / np.arange(1, len(hits) + 1)


def _envelope(precision):
    return np.maximum.accumulate(precision[::-1])[::-1]


def _average(recall, precision, num_truths, method, *, grid=None, side="left"):
    if num_truths == 0:
        return np.nan
    if method == "continuous":
        return (np.diff(recall, prepend=0) * precision).sum()
    grid = _grid(method) if grid is None else grid
    return np.append(precision, 0)[np.searchsorted(recall, grid, side)].mean()


def _grid(method):
    return np.linspace(0, 1, {"continuous": 2, "voc07": 11, "coco": 101}[method])
