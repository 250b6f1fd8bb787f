import numpy as np


def layernorm_backward(
    dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Send a gradient back through layer normalisation.

    Forward, each vector of D features, along the last axis, is normalised by itself::

        mean = sum of x / D
        var  = sum of (x - mean)**2 / D          (the biased variance)
        xhat = (x - mean) / sqrt(var + eps)
        out  = gamma * xhat + beta

    It is asked because two sums run in two directions: the statistics couple the features of one vector,
    while gamma and beta collect from all vectors. Whoever knows batch normalisation by heart mixes them
    up.

    Parameters
    ----------
    dout : ndarray of float, shape (..., D)
        Gradient of the loss with respect to ``out``.
    x : ndarray of float, shape (..., D)
        What the forward pass was given: at least one vector. There may be any number of leading axes,
        such as batch and position, and also none: ``(D,)``.
    gamma : ndarray of float, shape (D,)
        Scale of each feature; may be negative or zero. ``beta`` is not needed.
    eps : float, optional
        Added to the variance, inside the root; positive.

    Returns
    -------
    dx : ndarray of float, shape (..., D)
        Gradient with respect to ``x``.
    dgamma : ndarray of float, shape (D,)
        Gradient with respect to ``gamma``, summed over all leading axes.
    dbeta : ndarray of float, shape (D,)
        Gradient with respect to ``beta``, summed over all leading axes.

    Notes
    -----
    - The mean and the variance of a vector depend on all its features: ``dx`` holds what flows through
      them, too.
    - Stay accurate where the mean is a million times the spread, in float64. (The mean of the squares
      minus the square of the mean is not.)
    - A vector whose features are all alike has variance 0, also one of a single feature; nothing turns
      into NaN.
    - Everything is float64, or everything is float32; results of either width are fine.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made normalisation (``torch.nn.LayerNorm``, ``torch.nn.functional.layer_norm``
      and their relatives) and automatic differentiation.

    References
    ----------
    J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", arXiv:1607.06450, 2016, section 3.

    Examples
    --------
    >>> x = np.array([[11.0, 9, 11, 9], [-2, -4, 2, -8]])  # variances 1 and 13
    >>> dout = np.array([[4.0, 0, 0, 0], [0, 0, 8, 0]])
    >>> dx, dgamma, dbeta = layernorm_backward(dout, x, gamma=np.array([2.0, 1, -1, 1]), eps=3.0)
    >>> dx
    array([[ 2.75   , -0.75   , -1.25   , -0.75   ],
           [ 0.65625,  0.34375, -0.71875, -0.28125]])
    >>> dgamma, dbeta
    (array([ 2.,  0., 10.,  0.]), array([4., 0., 8., 0.]))
    """
    raise NotImplementedError
