"""All claims in one list, dearest first, so that the cheapest is written last; heapq for the smallest."""

import heapq

import numpy as np


def simota_assign(cost, ious, top_k=10):
    result, claims = np.full(cost.shape[1], -1, np.intp), []
    for t in range(len(cost)):
        k = int(np.floor(sum(heapq.nlargest(top_k, ious[t]))))
        pairs = heapq.nsmallest(max(k, 1), ((c, a) for a, c in enumerate(cost[t])))
        claims += [(c, a, t) for c, a in pairs]
    for _, a, t in sorted(claims, reverse=True):
        result[a] = t
    return result
