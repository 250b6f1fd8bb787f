"""Class-balanced weights from the effective number of samples.

Source: Y. Cui et al., CVPR 2019, sections 3 and 4.

    E_n = (1 - beta^n) / (1 - beta),  weight = k / E_n, with k such that present classes average to 1

The factor 1 - beta is the same for all classes; k takes it in.
"""

import numpy as np


def class_weights(counts: np.ndarray, beta: float = 0.999) -> np.ndarray:
    present = counts > 0  # (c,)
    weights = np.zeros(len(counts))
    weights[present] = 1 / (1 - beta ** counts[present])
    return weights / weights[present].mean()
