"""The k-th largest loss by partition, filled up with the first ties; float32 inside; returns a view."""

import numpy as np


def hard_negative_mining(losses, is_positive, ratio=3):
    out = np.zeros((*losses.shape, 2), dtype=np.bool_)
    for i in range(losses.shape[0]):
        pos = is_positive[i]
        row = losses[i][~pos].astype(np.float32)
        k = min(int(ratio) * int(pos.sum()), row.size)
        picked = np.ones(row.size, bool)
        if k < row.size:
            picked[:] = False
            if k:
                limit = np.partition(row, row.size - k)[row.size - k]
                picked = row > limit
                ties = np.flatnonzero(row == limit)
                picked[ties[: k - picked.sum()]] = True
        out[i, pos, 1] = True
        out[i, ~pos, 1] = picked
    return out[..., 1]
