"""Plain Python, one pair at a time."""

import numpy as np


def giou(a, b):
    out = []
    for p, q in zip(a.tolist(), b.tolist(), strict=True):
        w = min(p[2], q[2]) - max(p[0], q[0])
        h = min(p[3], q[3]) - max(p[1], q[1])
        inter = w * h if w > 0 and h > 0 else 0
        union = (p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - inter
        hull = (max(p[2], q[2]) - min(p[0], q[0])) * (max(p[3], q[3]) - min(p[1], q[1]))
        value = inter / union if union else 0.0
        if hull:
            value -= (hull - union) / hull
        out.append(value)
    return np.array(out, dtype=np.float32 if a.dtype == np.float32 else np.float64)
