"""Sets of pixel numbers; the union by inclusion and exclusion."""

import numpy as np


def mask_iou(a, b):
    first = [frozenset(np.flatnonzero(mask)) for mask in a]
    second = [frozenset(np.flatnonzero(mask)) for mask in b]
    table = [[len(p & q) / max(len(p) + len(q) - len(p & q), 1) for q in second] for p in first]
    return np.array(table, dtype=float).reshape(len(a), len(b))
