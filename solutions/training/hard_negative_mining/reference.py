"""Hard negative mining: per image all positives, and `ratio` times as many negatives, the worst ones.

Source: W. Liu et al., "SSD: single shot multibox detector", ECCV 2016, section 2.2. Which of two equal losses
comes first is a convention.
"""

import numpy as np


def hard_negative_mining(losses: np.ndarray, is_positive: np.ndarray, ratio: int = 3) -> np.ndarray:
    keep = is_positive.copy()  # (n, anchors)
    for image in range(len(losses)):
        negatives = np.flatnonzero(~is_positive[image])
        worst_first = negatives[np.argsort(-losses[image, negatives], kind="stable")]
        budget = ratio * is_positive[image].sum()
        keep[image, worst_first[:budget]] = True
    return keep
