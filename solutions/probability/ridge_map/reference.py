"""Ridge regression as the mode of a posterior.

Minus the log-posterior is |y - X w|**2 / (2 noise_std**2) + |w|**2 / (2 prior_std**2) up to a constant. Its
gradient vanishes where (X^T X + lambda I) w = X^T y, with lambda = noise_std**2 / prior_std**2.

Source: C. M. Bishop, "Pattern Recognition and Machine Learning", equations 3.27, 3.28 and 3.55.
"""

import numpy as np


def ridge_map(features: np.ndarray, targets: np.ndarray, noise_std: float, prior_std: float) -> np.ndarray:
    strength = (noise_std / prior_std) ** 2
    penalty = strength * np.eye(features.shape[1], dtype=features.dtype)  # (d, d)
    return np.linalg.solve(features.T @ features + penalty, features.T @ targets)  # (d,)
