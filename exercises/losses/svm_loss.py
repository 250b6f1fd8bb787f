import numpy as np


def svm_loss(scores: np.ndarray, targets: np.ndarray, margin: float = 1.0) -> tuple[float, np.ndarray]:
    """Compute the multiclass hinge loss of a classifier, and its gradient with respect to the scores.

    A support vector machine is content once the true class leads every other class by a margin. What
    each wrong class lacks of that is the loss. It is asked because loss and gradient fit into five lines
    of array code, in which the true class is easily treated like the others.

    Parameters
    ----------
    scores : ndarray of float, shape (n, c)
        Raw scores of c classes for each of n samples, both at least 1.
    targets : ndarray of int, shape (n,)
        The true class of each sample, in 0, …, c - 1, of any integer dtype.
    margin : float, optional
        By how much the true class should lead; greater than 0.

    Returns
    -------
    loss : float
        The mean loss. A numpy scalar or a 0-d array will do.
    dscores : ndarray of float, shape (n, c)
        The derivative of the mean loss with respect to each score.

    Notes
    -----
    - One sample with scores s and true class t costs the sum of ``max(0, s[j] - s[t] + margin)`` over
      the wrong classes j. The true class itself costs nothing.
    - The result is the mean over the n samples. There is no division by the number of classes, and no
      regularisation.
    - Where ``s[j] - s[t] + margin`` is exactly 0, the loss has a kink; the gradient there is 0.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made hinge losses (torch, sklearn) and automatic differentiation.

    References
    ----------
    J. Weston, C. Watkins, "Support vector machines for multi-class pattern recognition", ESANN 1999.
    Stanford CS231n, "Linear classification": https://cs231n.github.io/linear-classify/

    Examples
    --------
    >>> scores = np.array([[3.0, 1.0, 2.5], [0.0, 0.5, -2.0]])
    >>> loss, dscores = svm_loss(scores, np.array([0, 0]))  # 0 + 0.5, and 1.5 + 0
    >>> float(loss)
    1.0
    >>> dscores
    array([[-0.5,  0. ,  0.5],
           [-0.5,  0.5,  0. ]])
    """
    raise NotImplementedError
