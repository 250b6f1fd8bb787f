"""Single precision whatever comes in; the targets are filled in and then corrected at the true class."""

import numpy as np


def label_smoothing(logits, targets, smoothing=0.1):
    z = logits.astype(np.float32)
    z = z - z.max(1, keepdims=True)
    n, c = z.shape
    cost = np.log(np.exp(z).sum(1, keepdims=True)) - z
    q = np.full((n, c), smoothing / c, dtype=np.float32)
    np.put_along_axis(q, targets[:, None].astype(np.int64), 1 - smoothing + smoothing / c, axis=1)
    return (q * cost).sum(1).mean()
