import numpy as np


def void_counted(pred, truth):
    """You count pixels in the true void into the area of a predicted segment, which lowers its IoU; they
    leave it.
    """
    return _quality(*_matches(pred, truth, void_in_area=True))


def void_predictions_counted(pred, truth):
    """You count a predicted segment that lies wholly in the true void as invented; nobody asked there,
    so it is not counted.
    """
    ious, missed, invented = _matches(pred, truth)
    in_void = [i for i in np.unique(pred) if i and not truth[pred == i].any()]
    return _quality(ious, missed, invented + len(in_void))


def predicted_void_removed(pred, truth):
    """You also remove pixels where only the prediction is void; they stay in the area of the true segment."""
    return _quality(*_matches(pred, np.where(pred == 0, 0, truth), truth))


def void_is_a_segment(pred, truth):
    """You treat id 0 as a segment like any other; it is void, no segment."""
    return _quality(*_matches(pred + 1, truth + 1))


def half_counts_missing(pred, truth):
    """You divide TP by TP + FP + FN; rq is an F1 score, in which FP and FN weigh one half each."""
    ious, missed, invented = _matches(pred, truth)
    return _quality(ious, 2 * missed, 2 * invented)


def sq_over_all(pred, truth):
    """You divide the sum of the IoUs by all segments; sq is the mean over the matches alone."""
    ious, missed, invented = _matches(pred, truth)
    pq, sq, rq = _quality(ious, missed, invented)
    return pq, sq * len(ious) / max(len(ious) + missed + invented, 1), rq


def missed_not_counted(pred, truth):
    """You leave out the true segments that nobody found; each adds one half below rq."""
    ious, missed, invented = _matches(pred, truth)
    return _quality(ious, 0, invented) if missed + len(ious) else (np.nan,) * 3


def invented_not_counted(pred, truth):
    """You leave out the predicted segments that match nothing; each adds one half below rq."""
    ious, missed, _ = _matches(pred, truth)
    return _quality(ious, missed, 0)


def half_is_enough(pred, truth):
    """You match at an IoU of 1/2; it has to be greater."""
    return _quality(*_matches(pred, truth, at_least=True))


def any_overlap_matches(pred, truth):
    """You match a segment with what it overlaps most, however little; the IoU has to exceed 1/2."""
    return _quality(*_matches(pred, truth, threshold=0.0))


def matched_by_id(pred, truth):
    """You compare segments of equal id; ids mean nothing, so compare every pair."""
    return _quality(*_matches(pred, truth, same_id=True))


def dice_for_iou(pred, truth):
    """You measure overlap by Dice, twice the intersection over both areas; IoU divides by the union."""
    return _quality(*_matches(pred, truth, dice=True))


def no_matches_nan(pred, truth):
    """You take the mean IoU of no matches, which is NaN; without matches sq is 0, and so are the others."""
    ious, missed, invented = _matches(pred, truth)
    return (
        _quality(ious, missed, invented) if ious else (np.nan, np.nan, 0.0 if missed + invented else np.nan)
    )


def nothing_is_zero(pred, truth):
    """You return 0 where there is no segment to be judged; without any the three are NaN."""
    return tuple(0.0 if np.isnan(quality) else quality for quality in _quality(*_matches(pred, truth)))


def nothing_is_perfect(pred, truth):
    """You return 1 where there is no segment to be judged; without any the three are NaN."""
    return tuple(1.0 if np.isnan(quality) else quality for quality in _quality(*_matches(pred, truth)))


def sq_and_rq_exchanged(pred, truth):
    """You return rq before sq; the order is pq, sq, rq."""
    pq, sq, rq = _quality(*_matches(pred, truth))
    return pq, rq, sq


def only_pq(pred, truth):
    """You return pq alone; the three are asked, pq, sq and rq."""
    return _quality(*_matches(pred, truth))[0]


def _matches(
    pred, truth, judged=None, *, void_in_area=False, at_least=False, threshold=0.5, same_id=False, dice=False
):
    """Return the IoUs of the matches, and the numbers of true and of predicted segments without one."""
    known, ious, found = truth != 0, [], set()
    pred_ids = [j for j in np.unique(pred[known]).tolist() if j]
    true_ids = [i for i in np.unique(truth if judged is None else judged).tolist() if i]
    for i in true_ids:
        best, partner = -1.0, None
        for j in [j for j in pred_ids if j not in found and (i == j or not same_id)]:
            t, p = truth == i, (pred == j) if void_in_area else (pred == j) & known
            both, either = (t & p).sum(), (t | p).sum()
            iou = 2 * both / (either + both) if dice else both / either
            if iou > best:
                best, partner = iou, j
        if partner is not None and (best > threshold or (at_least and best == threshold)):
            ious.append(best)
            found.add(partner)
    return ious, len(true_ids) - len(ious), len(pred_ids) - len(ious)


def _quality(ious, missed, invented):
    if not ious and not missed and not invented:
        return np.nan, np.nan, np.nan
    sq = float(np.mean(ious)) if ious else 0.0
    rq = len(ious) / (len(ious) + missed / 2 + invented / 2)
    return sq * rq, sq, rq
