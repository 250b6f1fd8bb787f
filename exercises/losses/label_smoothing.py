import numpy as np


def label_smoothing(logits: np.ndarray, targets: np.ndarray, smoothing: float = 0.1) -> float:
    """Compute the cross-entropy of a classifier against targets that leave some room for doubt.

    A one-hot target is reached only by infinite logits. Label smoothing takes a part of its mass and
    spreads it evenly over all classes, so that a finite lead is enough. It is asked because "evenly" and
    "all" are read in three ways, of which each framework takes the same one.

    Parameters
    ----------
    logits : ndarray of float, shape (n, c)
        Raw scores of c classes for each of n samples, both at least 1; not yet probabilities.
    targets : ndarray of int, shape (n,)
        The true class of each sample, in 0, …, c - 1, of any integer dtype.
    smoothing : float, optional
        The share of the mass that is spread, in [0, 1].

    Returns
    -------
    float
        The mean loss. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - The target distribution of a sample is ``q = (1 - smoothing) * onehot + smoothing / c``: the true
      class takes part in the spreading, too. Each row of q sums to 1.
    - One sample costs ``-(q * log(softmax(logits))).sum()`` over its c classes, with the natural
      logarithm. The result is the mean over the n samples.
    - ``smoothing=0`` is plain cross-entropy.
    - Logits up to ±1e4 give a finite and right result, in float64 and in float32, also for classes whose
      probability is too small to be represented. At such magnitudes float32 rounds to thousandths, and
      an error of that size is no fault.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made losses, log-softmax and log-sum-exp (torch, scipy, sklearn). numpy is free.

    References
    ----------
    C. Szegedy et al., "Rethinking the Inception architecture for computer vision", CVPR 2016, section 7.
    The result is that of ``torch.nn.functional.cross_entropy`` with its ``label_smoothing``.

    Examples
    --------
    >>> logits = np.log(np.array([[6.0, 1.0, 1.0]]))  # probabilities 3/4, 1/8, 1/8
    >>> for smoothing in (0.0, 0.3, 1.0):
    ...     print(round(float(label_smoothing(logits, np.array([0]), smoothing)), 4))
    0.2877
    0.646
    1.4822
    """
    raise NotImplementedError
