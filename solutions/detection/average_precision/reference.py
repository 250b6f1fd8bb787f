"""Average precision of one class, in the three forms in which it is published.

Sources: M. Everingham et al., IJCV 2010, section 4.2 (11 points); VOC 2010 development kit, section 3.4.1
(area under the envelope); pycocotools.cocoeval, `accumulate` (101 points).

    envelope(r) = max of precision over all ranks with recall >= r, or 0 where there is none
    AP = integral of envelope(r) dr over [0, 1], or its mean over a grid
"""

import numpy as np

_POINTS = {"voc07": 11, "coco": 101}


def average_precision(
    scores: np.ndarray, is_true_positive: np.ndarray, num_truths: int, method: str = "continuous"
) -> float:
    if num_truths == 0:
        return np.nan
    ranking = np.argsort(-scores, kind="stable")  # (n,), best first
    hits = np.cumsum(is_true_positive[ranking])  # (n,), among the first 1, 2, ..., n
    recall = hits / num_truths  # (n,), never falls
    precision = hits / np.arange(1, len(hits) + 1)  # (n,)
    envelope = np.maximum.accumulate(precision[::-1])[::-1]  # (n,), never rises
    if method == "continuous":
        return np.sum(np.diff(recall, prepend=0) * envelope)
    grid = np.linspace(0, 1, _POINTS[method])
    first = np.searchsorted(recall, grid)  # the first rank with recall >= r; n where there is none
    return np.append(envelope, 0)[first].mean()
