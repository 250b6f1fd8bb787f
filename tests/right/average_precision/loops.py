"""Plain Python: one pass from the worst detection to the best."""

import math


def average_precision(scores, is_true_positive, num_truths, method="continuous"):
    if not num_truths:
        return math.nan
    ranked = sorted(zip(scores.tolist(), is_true_positive.tolist(), strict=True), key=lambda pair: -pair[0])
    points, found = [], 0
    for rank, (_, hit) in enumerate(ranked, start=1):
        found += int(hit)
        points.append((found / num_truths, found / rank))
    if method == "continuous":
        area, best = 0.0, 0.0
        for index in range(len(points) - 1, -1, -1):
            recall, precision = points[index]
            best = max(best, precision)
            area += best * (recall - (points[index - 1][0] if index else 0.0))
        return area
    steps = 10 if method == "voc07" else 100
    total = 0
    for i in range(steps + 1):
        total += max([precision for recall, precision in points if recall >= i / steps], default=0)
    return total / (steps + 1)
