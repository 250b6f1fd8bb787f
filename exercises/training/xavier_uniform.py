import numpy as np


def xavier_uniform(shape: tuple[int, ...], seed: int, gain: float = 1.0) -> np.ndarray:
    """Draw the first weights of a layer from the uniform distribution of Glorot and Bengio.

    With weights too small a signal fades from layer to layer, with weights too large it explodes; this
    width keeps it alive on the way forward and the gradient on the way back. It is asked because the
    formula is quickly said, and the number of connections of a convolution quickly wrong.

    Parameters
    ----------
    shape : tuple of int
        ``(out, in, ...)``, two entries or more, all at least 1: output features, input features, then
        the sides of the kernel, if the layer has one. ``(64, 3, 7, 7)`` is a convolution of 7 × 7 from 3
        to 64 channels, ``(10, 128)`` a dense layer from 128 to 10 features.
    seed : int
        At least 0. The numbers come from ``np.random.default_rng(seed)``.
    gain : float, optional
        Greater than 0; stretches the interval, to make up for what an activation takes away.

    Returns
    -------
    ndarray of float64, with the given shape

    Notes
    -----
    - Every weight is drawn on its own, uniformly from ``[-a, a]`` with
      ``a = gain · sqrt(6 / (fan_in + fan_out))``.
    - ``fan_in`` is the number of inputs of one output unit: input features times the positions of the
      kernel. ``fan_out`` is the number of outputs that one input unit feeds, counted in the same way:
      output features times the positions of the kernel, whatever the stride.
    - The same seed gives the same weights, another seed gives others. The numbers are judged by their
      law: in which order, or by which method of the generator, you draw them is up to you.
    - Not allowed: ready-made initialisation (``torch.nn.init``).

    References
    ----------
    X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks",
    AISTATS 2010, equation 16. Fans and gain are those of ``torch.nn.init.xavier_uniform_``.

    Examples
    --------
    >>> weights = xavier_uniform((100, 50), seed=0)  # a = sqrt(6 / 150) = 0.2
    >>> weights.shape, weights.dtype
    ((100, 50), dtype('float64'))
    >>> round(float(weights.min()), 2), round(float(weights.max()), 2)
    (-0.2, 0.2)
    """
    raise NotImplementedError
