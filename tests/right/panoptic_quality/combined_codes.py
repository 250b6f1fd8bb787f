"""As in panopticapi: one code for each pair of ids, np.unique with counts, dictionaries of areas."""

import numpy as np

OFFSET = 2**24
VOID = 0


def panoptic_quality(pred, truth):
    gt_areas = dict(zip(*(u.tolist() for u in np.unique(truth, return_counts=True)), strict=True))
    pred_areas = dict(zip(*(u.tolist() for u in np.unique(pred, return_counts=True)), strict=True))
    codes = truth.astype(np.uint64) * OFFSET + pred.astype(np.uint64)
    pairs = {}
    for code, count in zip(*np.unique(codes, return_counts=True), strict=True):
        pairs[int(code) // OFFSET, int(code) % OFFSET] = int(count)
    tp, total, gt_matched, pred_matched = 0, 0.0, set(), set()
    for (t, p), inter in pairs.items():
        if VOID in (t, p):
            continue
        union = pred_areas[p] + gt_areas[t] - inter - pairs.get((VOID, p), 0)
        if inter / union > 0.5:
            tp += 1
            total += inter / union
            gt_matched.add(t)
            pred_matched.add(p)
    fn = sum(1 for t in gt_areas if t != VOID and t not in gt_matched)
    fp = 0
    for p, area in pred_areas.items():
        if p == VOID or p in pred_matched or pairs.get((VOID, p), 0) / area > 0.5:
            continue
        fp += 1
    if tp + fp + fn == 0:
        return float("nan"), float("nan"), float("nan")
    pq = total / (tp + 0.5 * fp + 0.5 * fn)
    return pq, total / tp if tp else 0.0, tp / (tp + 0.5 * fp + 0.5 * fn)
