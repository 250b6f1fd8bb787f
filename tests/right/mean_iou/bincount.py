"""The usual one: a confusion matrix from one bincount, nanmean over classes."""

import warnings

import numpy as np


def mean_iou(pred, target, num_classes, ignore_index=None):
    valid = (target >= 0) & (target < num_classes)
    if ignore_index is not None:
        valid &= target != ignore_index
    codes = num_classes * target[valid].astype(np.int64) + pred[valid]
    hist = np.bincount(codes, minlength=num_classes**2).reshape(num_classes, num_classes)
    with np.errstate(divide="ignore", invalid="ignore"):
        iou = np.diag(hist) / (hist.sum(1) + hist.sum(0) - np.diag(hist))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.nanmean(iou)
