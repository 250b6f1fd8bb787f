"""Plain Python: lists of claims per anchor, settled at the end."""

import numpy as np


def simota_assign(cost, ious, top_k=10):
    num_anchors = cost.shape[1]
    claims = [[] for _ in range(num_anchors)]
    for truth, (costs, overlaps) in enumerate(zip(cost.tolist(), ious.tolist(), strict=True)):
        k = max(1, int(sum(sorted(overlaps, reverse=True)[:top_k])))
        for anchor in sorted(range(num_anchors), key=lambda a: costs[a])[:k]:
            claims[anchor].append((costs[anchor], truth))
    return np.array([min(claim)[1] if claim else -1 for claim in claims])
