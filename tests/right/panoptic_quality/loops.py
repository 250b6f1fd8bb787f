"""Plain Python, pixel by pixel; integers 0 where nothing matches."""

import math


def panoptic_quality(pred, truth):
    p_area, t_area, both = {}, {}, {}
    for p, t in zip(pred.flatten().tolist(), truth.flatten().tolist(), strict=True):
        if t == 0:
            continue
        t_area[t] = t_area.get(t, 0) + 1
        if p != 0:
            p_area[p] = p_area.get(p, 0) + 1
            both[p, t] = both.get((p, t), 0) + 1
    segments = len(p_area) + len(t_area)
    if segments == 0:
        return [math.nan] * 3
    ious = [n / (p_area[p] + t_area[t] - n) for (p, t), n in both.items()]
    ious = [iou for iou in ious if iou > 0.5]
    if not ious:
        return 0, 0, 0
    sq, rq = math.fsum(ious) / len(ious), 2 * len(ious) / segments
    return sq * rq, sq, rq
