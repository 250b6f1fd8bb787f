"""Group normalisation: statistics over the channels and positions of one group of one image.

Source: Y. Wu, K. He, "Group normalization", ECCV 2018, section 3, equations 1, 2 and 7 and figure 3.
"""

import numpy as np


def groupnorm_forward(
    x: np.ndarray,
    num_groups: int,
    gamma: np.ndarray,
    beta: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    groups = x.reshape(len(x), num_groups, -1)  # (N, G, C / G * H * W)
    centred = groups - groups.mean(axis=2, keepdims=True)
    variance = (centred**2).mean(axis=2, keepdims=True)  # (N, G, 1)
    xhat = (centred / np.sqrt(variance + eps)).reshape(x.shape)  # (N, C, H, W)
    return gamma[:, None, None] * xhat + beta[:, None, None]
