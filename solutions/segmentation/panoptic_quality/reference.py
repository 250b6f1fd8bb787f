"""Panoptic quality of one class.

    SQ = mean IoU of the matched segments, RQ = TP / (TP + FP / 2 + FN / 2), PQ = SQ * RQ

Source: A. Kirillov et al., "Panoptic segmentation", CVPR 2019, section 4; void as in section 4.1.
"""

import numpy as np


def panoptic_quality(pred: np.ndarray, truth: np.ndarray) -> tuple[float, float, float]:
    known = np.nonzero(truth)
    pred = pred[known]  # (pixels,), segments that lay in the void are gone
    truth = truth[known]
    true_ids = np.unique(truth)
    pred_ids = np.unique(pred[np.nonzero(pred)])
    if not truth.size:  # then no segment is left, of either kind
        return np.nan, np.nan, np.nan
    ious = []
    for i in true_ids:
        for j in pred_ids:
            iou = ((truth == i) & (pred == j)).sum() / ((truth == i) | (pred == j)).sum()
            if iou > 0.5:
                ious.append(iou)
    matches = len(ious)
    sq = sum(ious) / matches if matches else 0.0
    rq = matches / (matches + (len(pred_ids) - matches) / 2 + (len(true_ids) - matches) / 2)
    return sq * rq, sq, rq
