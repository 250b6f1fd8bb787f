"""Mean intersection over union of a semantic segmentation.

    IoU_c = |pred = c and target = c| / |pred = c or target = c|, over all pixels that are not ignored
    mIoU = mean of IoU_c over the classes c with a denominator above 0

Sources: M. Everingham et al., IJCV 2015; J. Long, E. Shelhamer, T. Darrell, CVPR 2015, section 5.
"""

import numpy as np


def mean_iou(
    pred: np.ndarray, target: np.ndarray, num_classes: int, ignore_index: int | None = None
) -> float:
    keep = target != ignore_index  # everywhere True for None, which no number equals
    pred = pred[keep]  # (pixels,)
    target = target[keep]
    ious = []
    for c in range(num_classes):
        union = ((pred == c) | (target == c)).sum()
        if union:
            ious.append(((pred == c) & (target == c)).sum() / union)
    return sum(ious) / len(ious) if ious else np.nan
