"""Column by column, and the other form of the formula: IoU - 1 + union / hull."""

import numpy as np


def giou(a, b):
    ax1, ay1, ax2, ay2 = a.T
    bx1, by1, bx2, by2 = b.T
    inter = np.maximum(0, np.minimum(ax2, bx2) - np.maximum(ax1, bx1)) * np.maximum(
        0, np.minimum(ay2, by2) - np.maximum(ay1, by1)
    )
    union = (ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - inter
    hull = (np.maximum(ax2, bx2) - np.minimum(ax1, bx1)) * (np.maximum(ay2, by2) - np.minimum(ay1, by1))
    iou = np.divide(inter, union, out=np.zeros(len(a)), where=union > 0)
    filled = np.divide(union, hull, out=np.ones(len(a)), where=hull > 0)
    return iou - 1 + filled
