"""Mean triplet loss on Euclidean distances.

Source: F. Schroff et al., CVPR 2015, section 3.1; distances not squared, as in PyTorch.

    loss_i = max(0, |a_i - p_i| - |a_i - n_i| + margin)
"""

import numpy as np


def triplet_loss(
    anchor: np.ndarray, positive: np.ndarray, negative: np.ndarray, margin: float = 1.0
) -> float:
    to_positive = np.linalg.norm(anchor - positive, axis=1)  # (n,)
    to_negative = np.linalg.norm(anchor - negative, axis=1)  # (n,)
    return np.maximum(to_positive - to_negative + margin, 0).mean()
