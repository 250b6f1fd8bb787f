"""SimOTA: each object claims its k cheapest anchors, k = max(1, floor(sum of its top_k IoUs)).

Source: Z. Ge et al., "YOLOX: exceeding YOLO series in 2021", arXiv:2107.08430, section 2.1; C.-Y. Wang et
al., "YOLOv7", CVPR 2023. An anchor claimed several times goes to the cheapest of those that claim it.
"""

import numpy as np


def simota_assign(cost: np.ndarray, ious: np.ndarray, top_k: int = 10) -> np.ndarray:
    num_truths, num_anchors = cost.shape
    assigned = np.full(num_anchors, -1)  # (num_anchors,), the object that has each anchor
    price = np.full(num_anchors, np.inf)  # (num_anchors,), at which it has it
    for truth in range(num_truths):
        best_ious = np.sort(ious[truth])[::-1][:top_k]
        k = max(int(best_ious.sum()), 1)
        claimed = np.argsort(cost[truth], kind="stable")[:k]
        won = claimed[cost[truth, claimed] < price[claimed]]
        assigned[won] = truth
        price[won] = cost[truth, won]
    return assigned
