"""A heap whose scores are brought up to date only when they come to the top: scores never rise."""

import heapq

import numpy as np


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    def iou(a, b):
        (x1, y1, x2, y2), (u1, v1, u2, v2) = a, b
        inter = max(0.0, min(x2, u2) - max(x1, u1)) * max(0.0, min(y2, v2) - max(y1, v1))
        return inter / ((x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - inter)

    boxes = [tuple(map(float, box)) for box in boxes]
    heap = [(-float(score), i, 0) for i, score in enumerate(scores)]
    heapq.heapify(heap)
    indices, decayed = [], []
    while heap:
        score, i, seen = heapq.heappop(heap)
        if -score < score_threshold:
            break
        if seen == len(indices):
            indices.append(i)
            decayed.append(-score)
            continue
        for j in indices[seen:]:
            score *= np.exp(-(iou(boxes[i], boxes[j]) ** 2) / sigma)
        heapq.heappush(heap, (score, i, len(indices)))
    return np.array(indices, dtype=np.intp), np.array(decayed, dtype=np.float64)
