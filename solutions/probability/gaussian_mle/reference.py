"""Maximum-likelihood fit of a multivariate Gaussian.

With m the average of the points x_k, the covariance is (1 / n) * sum_k (x_k - m) (x_k - m)^T.

Source: C. M. Bishop, "Pattern Recognition and Machine Learning", equations 2.121 and 2.122.
"""

import numpy as np


def gaussian_mle(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean = x.mean(axis=0)  # (d,)
    deviations = x - mean  # (n, d)
    covariance = deviations.T @ deviations / len(x)  # (d, d)
    return mean, covariance
