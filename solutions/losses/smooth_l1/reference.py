"""Smooth L1 loss with its transition at beta.

Source: R. Girshick, ICCV 2015, section 2.3 (beta = 1); with any beta as in PyTorch.

    loss(e) = e^2 / (2 beta) for |e| < beta, |e| - beta / 2 otherwise
"""

import numpy as np


def smooth_l1(pred: np.ndarray, target: np.ndarray, beta: float = 1.0) -> float:
    error = np.abs(pred - target)  # (...)
    losses = error - beta / 2
    small = error < beta  # nowhere for beta = 0, so nothing is divided by it
    losses[small] = error[small] ** 2 / (2 * beta)
    return losses.mean()
