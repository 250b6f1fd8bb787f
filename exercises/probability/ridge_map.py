import numpy as np


def ridge_map(
    features: np.ndarray,
    targets: np.ndarray,
    noise_std: float,
    prior_std: float,
) -> np.ndarray:
    """Find the most probable weights of a linear model whose weights are believed to be small.

    A Gaussian prior on the weights turns least squares into ridge regression: weight decay, seen from
    the side of probability. It is asked to see whether you can say where the penalty comes from, and how
    large it has to be; one that is upside down, or off by a factor of n, still looks like an answer.

    Parameters
    ----------
    features : ndarray of float, shape (n, d)
        d features of each of n samples, both at least 1. There may be fewer samples than features.
    targets : ndarray of float, shape (n,)
        Each is the product of the sample's features with the weights, plus independent Gaussian noise of
        mean 0.
    noise_std : float
        Standard deviation of the noise, which is known; greater than 0.
    prior_std : float
        Before any sample, the weights are believed to be independent and Gaussian, each with mean 0 and
        this standard deviation, which is greater than 0.

    Returns
    -------
    ndarray of float, shape (d,)
        The weights at which the posterior density is largest.

    Notes
    -----
    - There is no intercept: nothing is centred, and no column of ones is added. Should the features hold
      a column of ones, its weight is a weight like any other.
    - ``noise_std`` and ``prior_std`` are standard deviations, not variances; they are plain Python
      numbers, whole or not.
    - The prior makes the answer unique also where least squares alone has no unique solution: with
      n < d, or with columns that are alike.
    - ``features`` and ``targets`` are both float64 or both float32, and may be strided views; a result
      of either width is fine.
    - The inputs are left as they are.
    - Not allowed: ready-made ridge regression (sklearn's ``Ridge`` and its relatives, and the ``damp``
      of ``scipy.sparse.linalg.lsqr``). ``np.linalg.solve``, ``inv`` and ``lstsq`` are fine.

    References
    ----------
    C. M. Bishop, "Pattern Recognition and Machine Learning", Springer 2006, section 3.3.1.

    Examples
    --------
    >>> features, targets = np.array([[1.0, 0], [0, 2]]), np.array([4.0, 4.0])
    >>> ridge_map(features, targets, noise_std=1.0, prior_std=0.5)
    array([0.8, 1. ])
    >>> ridge_map(features, targets, noise_std=1e-6, prior_std=0.5)  # hardly any noise: least squares
    array([4., 2.])
    """
    raise NotImplementedError
