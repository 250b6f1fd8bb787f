import numpy as np


def batchnorm_backward(
    dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Send a gradient back through batch normalisation in training mode.

    Forward, each of the D features is normalised over the N rows of the batch::

        mean = sum of x / N
        var  = sum of (x - mean)**2 / N          (the biased variance)
        xhat = (x - mean) / sqrt(var + eps)
        out  = gamma * xhat + beta

    It is asked because it cannot be done by heart: every row moves the mean and the variance, and through
    them the output of every other row. Whoever keeps the three paths apart gets four lines in the end.

    Parameters
    ----------
    dout : ndarray of float, shape (N, D)
        Gradient of the loss with respect to ``out``.
    x : ndarray of float, shape (N, D)
        What the forward pass was given; N is at least 2.
    gamma : ndarray of float, shape (D,)
        Scale of each feature; may be negative or zero. ``beta`` is not needed.
    eps : float, optional
        Added to the variance, inside the root.

    Returns
    -------
    dx : ndarray of float, shape (N, D)
        Gradient with respect to ``x``.
    dgamma : ndarray of float, shape (D,)
        Gradient with respect to ``gamma``.
    dbeta : ndarray of float, shape (D,)
        Gradient with respect to ``beta``.

    Notes
    -----
    - The mean and the variance depend on ``x``: ``dx`` holds what flows through them, too.
    - Stay accurate where the mean is a million times the spread, in float64. (The mean of the squares minus
      the square of the mean is not.)
    - A feature may be constant over the batch: its variance is 0, and nothing turns into NaN.
    - Everything is float64, or everything is float32; results of either width are fine.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made normalisation (``torch.nn.BatchNorm1d``, ``torch.nn.functional.batch_norm`` and
      their relatives) and automatic differentiation.

    References
    ----------
    S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by reducing internal
    covariate shift", ICML 2015, section 3.

    Examples
    --------
    >>> x = np.array([[10.0, -2], [8, -4], [10, 2], [8, -8]])
    >>> dout = np.array([[4.0, 0], [0, 0], [0, 4], [0, 0]])
    >>> dx, dgamma, dbeta = batchnorm_backward(dout, x, gamma=np.array([2.0, -4.0]), eps=3.0)
    >>> dx
    array([[ 2.75  ,  1.3125],
           [-0.75  ,  0.6875],
           [-1.25  , -1.4375],
           [-0.75  , -0.5625]])
    >>> dgamma, dbeta
    (array([2., 5.]), array([4., 4.]))
    """
    raise NotImplementedError
