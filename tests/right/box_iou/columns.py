"""Coordinate by coordinate with outer operations; divides only where there is something to divide by."""

import numpy as np


def box_iou(a, b):
    ax1, ay1, ax2, ay2 = a.T
    bx1, by1, bx2, by2 = b.T
    width = np.minimum.outer(ax2, bx2) - np.maximum.outer(ax1, bx1)
    height = np.minimum.outer(ay2, by2) - np.maximum.outer(ay1, by1)
    both = np.where((width > 0) & (height > 0), width * height, 0)
    either = np.add.outer((ax2 - ax1) * (ay2 - ay1), (bx2 - bx1) * (by2 - by1)) - both
    return np.divide(both, either, out=np.zeros(both.shape), where=either > 0)
