import numpy as np


def gaussian_map(
    x: np.ndarray,
    noise_std: float,
    prior_mean: float,
    prior_std: float,
) -> tuple[float, float]:
    """Estimate a quantity from noisy measurements and a prior belief, and say how sure you are.

    A depth sensor is read n times; you also know roughly what depth to expect. How far should the
    readings move you? The answer weighs the two by how precise they are. The Kalman filter is this step,
    repeated; it is asked to see whether you know what to weigh by, and what becomes of the spread.

    Parameters
    ----------
    x : ndarray of float, shape (n,)
        Independent measurements of the quantity: each is the true value plus Gaussian noise of mean 0.
        There may be none.
    noise_std : float
        Standard deviation of the noise, which is known; greater than 0.
    prior_mean, prior_std : float
        Before any measurement, the true value is believed to be Gaussian with this mean and this
        standard deviation, which is greater than 0.

    Returns
    -------
    mode : float
        The value at which the posterior density, that is the one after the measurements, is largest.
    std : float
        The standard deviation of the posterior: of the belief about the true value, not about another
        measurement.

    Notes
    -----
    - Three arguments and one result are standard deviations, none is a variance.
    - ``noise_std`` is given: it is not estimated from ``x``, however ``x`` is spread.
    - Without measurements the posterior is the prior: ``(prior_mean, prior_std)``.
    - ``x`` is float64 or float32, and may be a strided view; the rest are plain Python numbers, whole or
      not. The results may be Python numbers, numpy scalars or 0-d arrays.
    - ``x`` is left as it is.
    - Not allowed: numerical optimisation (``scipy.optimize``). The answer is a formula.

    References
    ----------
    C. M. Bishop, "Pattern Recognition and Machine Learning", Springer 2006, section 2.3.6.

    Examples
    --------
    >>> mode, std = gaussian_map(np.array([6.0]), noise_std=1.0, prior_mean=2.0, prior_std=1.0)
    >>> float(mode)  # two equally precise opinions meet half-way
    4.0
    >>> round(float(std), 4)
    0.7071
    """
    raise NotImplementedError
