"""All factors first, as an n × n matrix; what is selected gets a score of minus one; returns views."""

import numpy as np


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    n = boxes.shape[0]
    lt = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    rb = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    wh = np.where(rb > lt, rb - lt, 0)
    inter = wh[..., 0] * wh[..., 1]
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    factor = np.exp(-np.square(inter / (area[:, None] + area - inter + 1e-9)) / sigma)
    live = scores.astype(np.float64)
    out = np.zeros(n, dtype=[("index", np.int32), ("score", np.float64)])
    count = 0
    while count < n:
        i = live.argmax()
        if live[i] < score_threshold:
            break
        out[count] = i, live[i]
        count += 1
        live *= factor[i]
        live[i] = -1
        live[out["index"][:count]] = -1
    return out["index"][:count], out["score"][:count]
