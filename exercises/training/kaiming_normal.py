import numpy as np


def kaiming_normal(
    shape: tuple[int, ...], seed: int, mode: str = "fan_in", negative_slope: float = 0.0
) -> np.ndarray:
    """Draw the first weights of a layer before or after a ReLU from the normal distribution of He et al.

    A ReLU throws away half of the signal, and this width makes up for it, so that networks of thirty
    layers and more start to learn. It is asked to see whether you can derive it, and count the
    connections of a convolution.

    Parameters
    ----------
    shape : tuple of int
        ``(out, in, ...)``, two entries or more, all at least 1: output features, input features, then
        the sides of the kernel, if the layer has one. ``(64, 3, 7, 7)`` is a convolution of 7 × 7 from 3
        to 64 channels, ``(10, 128)`` a dense layer from 128 to 10 features.
    seed : int
        At least 0. The numbers come from ``np.random.default_rng(seed)``.
    mode : {"fan_in", "fan_out"}, optional
        Which fan stands in the formula: "fan_in" keeps the signal alive on its way forward, "fan_out"
        the gradient on its way back.
    negative_slope : float, optional
        Slope of the activation for negative inputs: 0 is ReLU, 0.01 a usual leaky ReLU, 1 is linear.

    Returns
    -------
    ndarray of float64, with the given shape

    Notes
    -----
    - Every weight is drawn on its own from the normal distribution with mean 0 and variance
      ``2 / ((1 + negative_slope²) · fan)``. It is not truncated.
    - ``fan_in`` is the number of inputs of one output unit: input features times the positions of the
      kernel. ``fan_out`` is the number of outputs that one input unit feeds, counted in the same way:
      output features times the positions of the kernel, whatever the stride.
    - The same seed gives the same weights, another seed gives others. The numbers are judged by their
      law: in which order, or by which method of the generator, you draw them is up to you.
    - Not allowed: ready-made initialisation (``torch.nn.init``).

    References
    ----------
    K. He et al., "Delving deep into rectifiers: surpassing human-level performance on ImageNet
    classification", ICCV 2015, section 2.2. Fans and slope are those of
    ``torch.nn.init.kaiming_normal_``.

    Examples
    --------
    >>> weights = kaiming_normal((1000, 50), seed=0)  # variance 2 / 50, deviation 0.2
    >>> weights.shape, weights.dtype
    ((1000, 50), dtype('float64'))
    >>> round(float(weights.std()), 2)
    0.2
    """
    raise NotImplementedError
