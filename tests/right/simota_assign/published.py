"""As in YOLOX: a matrix of matches whose disputed columns go to the cheapest of all objects."""

import numpy as np


def simota_assign(cost, ious, top_k=10):
    matching = np.zeros(cost.shape, dtype=np.uint8)
    top = -np.sort(-ious, axis=1)[:, : min(top_k, ious.shape[1])]
    dynamic_ks = np.clip(top.sum(axis=1).astype(int), 1, None)
    for g in range(cost.shape[0]):
        order = np.lexsort((np.arange(cost.shape[1]), cost[g]))
        matching[g, order[: dynamic_ks[g]]] = 1
    several = matching.sum(axis=0) > 1
    if several.any():
        winner = cost[:, several].argmin(axis=0)
        matching[:, several] = 0
        matching[winner, np.flatnonzero(several)] = 1
    result = np.full(cost.shape[1], -1, dtype=np.int64)
    truth, anchor = np.nonzero(matching)
    result[anchor] = truth
    return result
