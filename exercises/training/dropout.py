import numpy as np


def dropout(x: np.ndarray, p: float, training: bool, seed: int) -> np.ndarray:
    """Drop each activation with a given chance in training, and make up for the loss in those that stay.

    A network that cannot rely on any single unit has to spread what it knows. It is asked because there
    are two places where the scale can be corrected and two meanings of p, and only one of each is in
    use.

    Parameters
    ----------
    x : ndarray of float, any shape
        Activations, without NaN and inf.
    p : float
        The chance that an element is **dropped**, in [0, 1], both ends included.
    training : bool
        Whether the network is being trained.
    seed : int
        At least 0. The numbers come from ``np.random.default_rng(seed)``.

    Returns
    -------
    ndarray of float, the shape of x

    Notes
    -----
    - In training every element is set to 0 with the chance p, independently of all others and of its
      value; an element that stays is divided by ``1 - p``, so that on average the result is x ("inverted
      dropout").
    - With p = 1 everything is 0, without a warning; with p = 0 everything stays as it is.
    - Outside training the result is x as it is, whatever p; it may be x itself.
    - The same seed drops the same elements, another seed others. The numbers are judged by their law: in
      which order, or by which method of the generator, you draw them is up to you.
    - x may be a view whose memory is not contiguous, and is left as it is.
    - Not allowed: ready-made dropout (torch).

    References
    ----------
    N. Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting", JMLR 15,
    2014, section 10 for the scale at training time. p is that of ``torch.nn.Dropout``.

    Examples
    --------
    >>> x = np.ones((100, 100))
    >>> out = dropout(x, p=0.2, training=True, seed=0)
    >>> np.unique(out)
    array([0.  , 1.25])
    >>> round(float((out == 0).mean()), 1), round(float(out.mean()), 1)
    (0.2, 1.0)
    >>> bool((dropout(x, p=0.2, training=False, seed=0) == x).all())
    True
    """
    raise NotImplementedError
