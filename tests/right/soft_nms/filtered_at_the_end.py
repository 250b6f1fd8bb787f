"""Sorts everything to the end as the old programs do, in one table, and throws low scores away afterwards."""

import numpy as np


def soft_nms(boxes, scores, sigma=0.5, score_threshold=0.001):
    n = boxes.shape[0]
    table = np.concatenate([boxes, scores[:, None], np.arange(n)[:, None]], axis=1).astype(np.float64)
    for i in range(n):
        best = i
        for j in range(i + 1, n):
            if (table[j, 4], -table[j, 5]) > (table[best, 4], -table[best, 5]):
                best = j
        table[[i, best]] = table[[best, i]]
        x1, y1, x2, y2 = table[i, :4]
        for row in table[i + 1 :]:
            iw = min(x2, row[2]) - max(x1, row[0])
            ih = min(y2, row[3]) - max(y1, row[1])
            if iw > 0 and ih > 0:
                union = (x2 - x1) * (y2 - y1) + (row[2] - row[0]) * (row[3] - row[1]) - iw * ih
                row[4] *= np.exp(-((iw * ih / union) ** 2) / sigma)
    keep = table[:, 4] >= score_threshold
    return table[keep, 5].astype(int), table[keep, 4]
