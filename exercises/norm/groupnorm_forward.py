import numpy as np


def groupnorm_forward(
    x: np.ndarray,
    num_groups: int,
    gamma: np.ndarray,
    beta: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    """Normalise the channels of every image group by group, then scale and shift each channel.

    Group normalisation does for small batches what batch normalisation does for large ones: no image
    sees another. It is asked because it is one reshape away from layer norm, provided that you reshape
    the right axis in the right order, and because scale and shift do not follow the groups.

    Parameters
    ----------
    x : ndarray of float, shape (N, C, H, W)
        A batch of images.
    num_groups : int
        Into how many groups the channels are split; divides C.
    gamma : ndarray of float, shape (C,)
        Scale of each channel.
    beta : ndarray of float, shape (C,)
        Shift of each channel.
    eps : float, optional
        Added to the variance, inside the root; positive.

    Returns
    -------
    ndarray of float, shape (N, C, H, W)
        Each group less its mean, divided by the root of its variance plus eps; then each channel times
        its gamma, plus its beta.

    Notes
    -----
    - A group is made of **neighbouring** channels: of six channels in two groups, 0, 1, 2 are the first
      group and 3, 4, 5 the second.
    - Every group of every image has a mean and a variance of its own, taken over its channels and all
      positions together.
    - The variance is the biased one: the squared deviations are divided by their number.
    - One group takes all channels together; as many groups as channels normalise each channel alone.
    - Stay accurate where the mean is a million times the spread, in float64. (The mean of the squares
      minus the square of the mean is not.)
    - A group whose values are all alike has variance 0, also a group of a single value; each of its
      channels becomes its beta, and nothing turns into NaN.
    - Everything is float64, or everything is float32; results of either width are fine.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made normalisation (``torch.nn.GroupNorm``, ``torch.nn.functional.group_norm``
      and their relatives).

    References
    ----------
    Y. Wu, K. He, "Group normalization", ECCV 2018, section 3. The conventions are those of
    ``torch.nn.functional.group_norm``.

    Examples
    --------
    >>> x = np.array([11.0, 9, 11, 9, -2, -4, 2, -8]).reshape(1, 4, 1, 2)
    >>> gamma, beta = np.array([1.0, 2, 4, 8]), np.array([0.0, 1, 2, 3])
    >>> out = groupnorm_forward(x, 2, gamma, beta, eps=3.0)  # variances 1 and 13
    >>> out.reshape(4, 2)
    array([[ 0.5, -0.5],
           [ 2. ,  0. ],
           [ 3. ,  1. ],
           [13. , -7. ]])
    """
    raise NotImplementedError
