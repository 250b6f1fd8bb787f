"""One masked matrix: ranks by a double argsort, infinity where nobody claims; int32, float64 sums."""

import numpy as np


def simota_assign(cost, ious, top_k=10):
    n, m = cost.shape
    if n == 0:
        return np.full(m, -1, dtype=np.int32)
    k = np.maximum(1, np.sort(ious, axis=1)[:, ::-1][:, :top_k].sum(axis=1, dtype=np.float64).astype(int))
    rank = np.argsort(np.argsort(cost, axis=1, kind="stable"), axis=1)
    masked = np.where(rank < k[:, None], cost, np.inf)
    return np.where(np.isfinite(masked).any(axis=0), masked.argmin(axis=0), -1).astype(np.int32)
