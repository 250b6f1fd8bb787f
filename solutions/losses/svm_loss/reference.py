"""Multiclass hinge loss of Weston and Watkins, with its gradient.

Source: J. Weston, C. Watkins, ESANN 1999; in this form, without the regulariser, Stanford CS231n.

    loss_i = sum over j != t of max(0, s_j - s_t + margin)
    d loss_i / d s_j = [s_j - s_t + margin > 0],    d loss_i / d s_t = -(number of such j)
"""

import numpy as np


def svm_loss(scores: np.ndarray, targets: np.ndarray, margin: float = 1.0) -> tuple[float, np.ndarray]:
    n = len(targets)
    rows = np.arange(n)
    lacking = scores - scores[rows, targets][:, None] + margin  # (n, c), below 0 where the lead suffices
    lacking[rows, targets] = 0
    violated = lacking > 0  # (n, c), never true of the true class
    dscores = violated.astype(scores.dtype)  # (n, c)
    dscores[rows, targets] = -violated.sum(axis=1)
    return lacking[violated].sum() / n, dscores / n
