"""One-hot (1-of-K) coding: out[..., k] = 1 if labels[...] == k else 0.

Source: C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.1; layout as in
torch.nn.functional.one_hot.
"""

import numpy as np


def one_hot(labels: np.ndarray, num_classes: int) -> np.ndarray:
    if (labels < 0).any() or (labels >= num_classes).any():
        raise ValueError(f"labels must lie in 0, …, {num_classes - 1}")
    matches = labels[..., None] == np.arange(num_classes)  # (..., 1) against (num_classes,)
    return matches.astype(np.float64)
