import numpy as np


def batchnorm_forward(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Normalise every channel of a batch, and keep track of its mean and variance for later.

    In training a channel is normalised by the statistics of the batch, and running averages of them are
    collected; in evaluation these averages take their place. It is asked because most bugs of batch
    normalisation sit in what differs between the two.

    Parameters
    ----------
    x : ndarray of float, shape (N, C, ...)
        A batch of N examples of C channels. Any number of axes of positions may follow, such as height
        and width, or none: ``(N, C)``. In training every channel has more than one value.
    gamma : ndarray of float, shape (C,)
        Scale of each channel.
    beta : ndarray of float, shape (C,)
        Shift of each channel.
    running_mean : ndarray of float, shape (C,)
        Average of the means so far.
    running_var : ndarray of float, shape (C,)
        Average of the variances so far; not negative.
    training : bool
        Whether to normalise by the batch and update the averages, or to normalise by the averages.
    momentum : float, optional
        In [0, 1]: the weight of the batch in the new averages.
    eps : float, optional
        Added to the variance, inside the root; positive.

    Returns
    -------
    out : ndarray of float, shape (N, C, ...)
        Each channel less its mean, divided by the root of its variance plus eps, times gamma, plus beta.
    running_mean : ndarray of float, shape (C,)
        The new average of means: ``(1 - momentum) * old + momentum * batch``.
    running_var : ndarray of float, shape (C,)
        The new average of variances, by the same rule.

    Notes
    -----
    - A channel has one mean and one variance, taken over the batch and all positions together.
    - In training the batch is normalised by its **biased** variance (the squared deviations divided by
      their number M), while the **unbiased** one (divided by M - 1) goes into the running average.
    - In evaluation the batch's own statistics play no part, and both averages are returned as they came.
    - Stay accurate where the mean is a million times the spread, in float64. (The mean of the squares
      minus the square of the mean is not.)
    - A channel may be constant: its variance is 0, it becomes beta, and nothing turns into NaN.
    - Everything is float64, or everything is float32; results of either width are fine.
    - The inputs may be strided views, and all of them are left as they are, the running averages too.
    - Not allowed: ready-made normalisation (``torch.nn.BatchNorm2d``, ``torch.nn.functional.batch_norm``
      and their relatives).

    References
    ----------
    S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by reducing internal
    covariate shift", ICML 2015, section 3. The conventions are those of
    ``torch.nn.functional.batch_norm``.

    Examples
    --------
    >>> x = np.array([[11.0, -2], [9, -4], [11, 2], [9, -8]])  # biased variances 1 and 13
    >>> gamma, beta = np.array([2.0, 4.0]), np.array([0.0, 1.0])
    >>> mean, var = np.zeros(2), np.array([1.0, 3.0])
    >>> result = batchnorm_forward(x, gamma, beta, mean, var, True, momentum=0.75, eps=3.0)
    >>> out, new_mean, new_var = result
    >>> out
    array([[ 1.,  2.],
           [-1.,  0.],
           [ 1.,  6.],
           [-1., -4.]])
    >>> new_mean, new_var
    (array([ 7.5 , -2.25]), array([ 1.25, 13.75]))
    """
    raise NotImplementedError
