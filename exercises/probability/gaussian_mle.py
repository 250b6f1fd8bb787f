import numpy as np


def gaussian_mle(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Fit a Gaussian to points: the mean and the covariance under which they are most likely.

    It is the smallest maximum-likelihood problem that has a matrix in it. It is asked to see whether you
    can name what you maximise, whether you know where n and where n - 1 belongs, and whether the d × d
    answer comes out of one product or out of two nested loops.

    Parameters
    ----------
    x : ndarray of float, shape (n, d)
        n points of d coordinates each, drawn independently from one Gaussian; n and d are at least 1.

    Returns
    -------
    mean : ndarray of float, shape (d,)
    covariance : ndarray of float, shape (d, d)

    Notes
    -----
    - Asked is the maximum of the likelihood over all means and all covariance matrices, so the
      covariance is a full matrix, and its sum over the points is divided by **n**.
    - A single point has the covariance 0. Where there are too few points for a density (n ≤ d), the
      formula is taken as it stands; the covariance is singular then, and nothing is added to it.
    - With d = 1 the shapes are ``(1,)`` and ``(1, 1)``, not those of numbers.
    - ``x`` is float64 or float32, and may be a strided view; results of either width are fine.
    - ``x`` is left as it is.
    - Not allowed: ready-made covariances and fits (``np.cov``, ``np.corrcoef``, ``torch.cov``,
      ``scipy.stats``, sklearn's estimators, ``cv2.calcCovarMatrix``). ``np.mean`` and ``@`` are fine.

    References
    ----------
    C. M. Bishop, "Pattern Recognition and Machine Learning", Springer 2006, section 2.3.4.

    Examples
    --------
    >>> mean, covariance = gaussian_mle(np.array([[0.0, 0], [2, 0], [0, 4], [2, 4]]))
    >>> mean
    array([1., 2.])
    >>> covariance
    array([[1., 0.],
           [0., 4.]])
    """
    raise NotImplementedError
