import numpy as np


def class_weights(counts: np.ndarray, beta: float = 0.999) -> np.ndarray:
    """Weigh classes for a loss by the effective number of their samples.

    When one class has ten thousand samples and another ten, the loss listens to the first alone. Weights
    of one over the count overdo it: the ten thousandth sample of a class tells little that is new. The
    effective number of samples grows like the count at first, and levels off. It is asked because of
    what follows the formula: a normalisation, and classes that do not occur.

    Parameters
    ----------
    counts : ndarray of int, shape (c,)
        The number of samples of each class, of any integer dtype; none is negative, at least one is
        positive.
    beta : float, optional
        How fast new samples stop being new: 0 at the first, closer to 1 the later. 0 ≤ beta < 1.

    Returns
    -------
    ndarray of float, shape (c,)
        The weight of each class; float64.

    Notes
    -----
    - n samples are worth ``(1 - beta**n) / (1 - beta)``, their effective number. The weight of a class
      is proportional to one over its effective number.
    - A class with the count 0 has the weight 0, not infinity, and takes no part in what follows.
    - The weights are scaled so that their plain average over the *present* classes, those with a
      positive count, is 1; each class counts once in it, whatever its size.
    - ``beta=0`` makes every sample but the first worthless: all present classes weigh 1.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made class weights (sklearn).

    References
    ----------
    Y. Cui, M. Jia, T.-Y. Lin, Y. Song, S. Belongie, "Class-balanced loss based on effective number of
    samples", CVPR 2019, sections 3 and 4.

    Examples
    --------
    >>> class_weights(np.array([1, 2, 0, 3]), beta=0.5)  # effective numbers 1, 1.5, none, 1.75
    array([1.34042553, 0.89361702, 0.        , 0.76595745])
    """
    raise NotImplementedError
