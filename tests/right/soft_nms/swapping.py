"""As in the authors' program: the best is swapped to the front; indices break ties; float32 stays float32."""

import numpy as np


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    boxes, scores = boxes.copy(), scores.copy()
    index = np.arange(len(scores), dtype=np.int16)
    done = 0
    for done in range(len(scores) + 1):
        if done == len(scores):
            break
        top = max(range(done, len(scores)), key=lambda k: (scores[k], -int(index[k])))
        if scores[top] < score_threshold:
            break
        for array in (boxes, scores, index):
            array[[done, top]] = array[[top, done]]
        x1, y1, x2, y2 = boxes[done + 1 :].T
        u1, v1, u2, v2 = boxes[done]
        inter = np.fmax(np.fmin(x2, u2) - np.fmax(x1, u1), 0) * np.fmax(np.fmin(y2, v2) - np.fmax(y1, v1), 0)
        union = (x2 - x1) * (y2 - y1) + (u2 - u1) * (v2 - v1) - inter
        scores[done + 1 :] *= np.exp(-((inter / union) ** 2) / sigma)
    return index[:done], scores[:done]
