import numpy as np


def layernorm_forward(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    eps: float = 1e-5,
) -> np.ndarray:
    """Normalise every vector of features to mean 0 and variance 1, then scale and shift each feature.

    Layer normalisation stands twice in every block of a transformer. It is asked because it is three
    lines, each with a way to go wrong: which axis, which variance, and where eps belongs.

    Parameters
    ----------
    x : ndarray of float, shape (..., D)
        Vectors of D features, at least one, along the last axis. There may be any number of leading
        axes, such as batch and position, and also none: ``(D,)``.
    gamma : ndarray of float, shape (D,)
        Scale of each feature.
    beta : ndarray of float, shape (D,)
        Shift of each feature.
    eps : float, optional
        Added to the variance, inside the root; positive.

    Returns
    -------
    ndarray of float, shape (..., D)
        Each vector less its mean, divided by the root of its variance plus eps, times gamma, plus beta.

    Notes
    -----
    - Each vector has a mean and a variance of its own, taken over the last axis alone.
    - The variance is the biased one: the squared deviations are divided by D, not by D - 1.
    - Stay accurate where the mean is a million times the spread, in float64. (The mean of the squares
      minus the square of the mean is not.)
    - A vector whose features are all alike has variance 0, also one of a single feature; it becomes
      beta, and nothing turns into NaN.
    - Everything is float64, or everything is float32; results of either width are fine.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made normalisation (``torch.nn.LayerNorm``, ``torch.nn.functional.layer_norm``
      and their relatives).

    References
    ----------
    J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization", arXiv:1607.06450, 2016, section 3. The
    conventions are those of ``torch.nn.functional.layer_norm``.

    Examples
    --------
    >>> x = np.array([[11.0, 9, 11, 9], [-2, -4, 2, -8]])  # variances 1 and 13
    >>> gamma, beta = np.array([1.0, 2, 4, 8]), np.array([0.0, 1, 0, 10])
    >>> layernorm_forward(x, gamma, beta, eps=3.0)
    array([[0.5 , 0.  , 2.  , 6.  ],
           [0.25, 0.5 , 5.  , 0.  ]])
    """
    raise NotImplementedError
