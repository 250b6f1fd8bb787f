"""Plain Python with sets of pixels; recalls are compared in whole numbers."""

import math


def mask_average_precision(masks, scores, truth_masks, iou_threshold=0.5):
    def pixels(mask):
        return {(y, x) for y, row in enumerate(mask.tolist()) for x, inside in enumerate(row) if inside}

    free = [pixels(mask) for mask in truth_masks]
    k = len(free)
    if k == 0:
        return math.nan
    points = []
    hits = 0
    for rank, i in enumerate(sorted(range(len(scores)), key=lambda i: -scores[i]), start=1):
        mine = pixels(masks[i])
        best, best_iou = None, iou_threshold
        for truth in free:
            union = len(mine | truth)
            iou = len(mine & truth) / union if union else 0.0
            if iou >= best_iou:
                best, best_iou = truth, iou
        if best is not None:
            free.remove(best)
            hits += 1
        points.append((hits, hits / rank))
    total = 0.0
    for percent in range(101):
        total += max((p for h, p in points if 100 * h >= percent * k), default=0.0)
    return total / 101
