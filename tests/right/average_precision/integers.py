"""Whole numbers as far as they go: grid points are compared as hits * steps >= i * num_truths."""


def average_precision(scores, is_true_positive, num_truths, method="continuous"):
    if num_truths == 0:
        return float("nan")
    order = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)  # stable in reverse too
    best_from = {}  # number of hits -> best precision with at least so many
    ranks = [rank for rank, i in enumerate(order, start=1) if is_true_positive[i]]
    best = 0
    for found in range(len(ranks), 0, -1):
        best = max(best, found / ranks[found - 1])
        best_from[found] = best
    best_from[0] = best
    steps = {"continuous": num_truths, "voc07": 10, "coco": 100}[method]
    wanted = [-(-i * num_truths // steps) for i in range(steps + 1)]  # hits for recall i / steps, rounded up
    if method == "continuous":
        wanted = wanted[1:]
    total = sum(best_from.get(found, 0) for found in wanted)
    return total / len(wanted)
