import numpy as np


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> float:
    """Compute the loss of a classifier: how surprised its softmax is by the true classes, on average.

    The formula is one line, and that line gives inf as soon as a network is sure and wrong. It is asked to
    see whether you know how softmax and logarithm cancel, and why no framework computes one after the other.

    Parameters
    ----------
    logits : ndarray of float, shape (n, c)
        Raw scores of c classes for each of n samples, both at least 1; not yet probabilities.
    targets : ndarray of int, shape (n,)
        The true class of each sample, in 0, …, c - 1, of any integer dtype.

    Returns
    -------
    float
        The mean loss. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - The loss of one sample is ``-log(softmax(logits)[target])``, with the natural logarithm and the softmax
      taken over its c classes. The result is the mean over the n samples.
    - Logits up to ±1e4 give a finite and right result, in float64 and in float32: a sample whose true class
      has the logit -1e4 and another +1e4 costs 20000, not inf. At such magnitudes float32 rounds to
      thousandths, and an error of that size is no fault.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made losses, log-softmax and log-sum-exp (torch, scipy, sklearn). numpy is free.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, sections 4.1 and 6.2.2.3. The
    interface is that of ``torch.nn.functional.cross_entropy`` with class indices.

    Examples
    --------
    >>> logits = np.array([[2.0, 2.0], [1e4, -1e4]])
    >>> loss = cross_entropy(logits, np.array([0, 0]))  # ln 2 for a coin toss, 0 for a sure hit
    >>> round(float(loss), 4)
    0.3466
    """
    raise NotImplementedError
