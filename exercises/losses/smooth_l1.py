import numpy as np


def smooth_l1(pred: np.ndarray, target: np.ndarray, beta: float = 1.0) -> float:
    """Compute the loss of a regression that is quadratic for small errors and linear for large ones.

    Box regression has used it since Fast R-CNN: near the target it brakes like the squared error, far
    from it an outlier pulls no harder than in L1. It is asked because two pieces have to meet, in value
    and in slope, for every beta, and because beta = 0 divides by zero in most first attempts.

    Parameters
    ----------
    pred : ndarray of float, shape (...)
        What was predicted; one dimension or more, at least one element.
    target : ndarray of float, shape (...)
        What it should be, of the same shape.
    beta : float, optional
        The size of error at which the pieces meet; 0 or greater.

    Returns
    -------
    float
        The mean loss. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - With the error ``e = |pred - target|``, one element costs ``e**2 / (2 * beta)`` where ``e < beta``,
      and ``e - beta / 2`` elsewhere. (At ``e = beta`` both are the same.) The slope of the linear piece
      is 1 for every beta; Huber's loss, which is beta times this one, is not asked.
    - ``beta=0`` is the L1 loss, the mean of e: finite, also where an error is 0.
    - The result is the mean over every element, whatever the number of axes.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made regression losses (torch, scipy).

    References
    ----------
    R. Girshick, "Fast R-CNN", ICCV 2015, section 2.3, where beta is 1. The interface is that of
    ``torch.nn.functional.smooth_l1_loss``.

    Examples
    --------
    >>> pred, target = np.array([0.0, 2.0, -4.0]), np.array([0.5, 2.0, 1.0])  # errors 0.5, 0 and 5
    >>> float(smooth_l1(pred, target)), float(smooth_l1(pred, target, beta=2.5))
    (1.5416666666666667, 1.2666666666666666)
    """
    raise NotImplementedError
