import numpy as np


def binary_cross_entropy(logits: np.ndarray, targets: np.ndarray) -> float:
    """Compute the loss of independent yes-or-no decisions, each made by a sigmoid, on average.

    It trains multi-label classifiers, segmentation masks and the objectness of detectors. It is asked
    because the textbook formula breaks down on the first confident logit, and because mending it by a
    clip is the answer that interviewers wait for, in order to ask what the clip does to the loss.

    Parameters
    ----------
    logits : ndarray of float, shape (...)
        Raw scores, not yet probabilities; one dimension or more, at least one element.
    targets : ndarray of float, shape (...)
        What each decision should be, of the same shape: 0 is no, 1 is yes, anything between is a soft
        target. Hard ones may also come as integers.

    Returns
    -------
    float
        The mean loss. A numpy scalar or a 0-d array will do.

    Notes
    -----
    - With p = sigmoid(logit) and target y, one element costs ``-y * log(p) - (1 - y) * log(1 - p)``, with
      the natural logarithm. A soft target weighs both terms; it is not rounded to 0 or 1.
    - The result is the mean over every element, whatever the number of axes.
    - Logits up to ±1e4 give a finite and right result, in float64 and in float32: the target 0 at a
      logit of 1e4 costs 10000, not inf, and nothing is cut off at a largest loss. What a loss close to 0
      loses to rounding is no fault.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: ready-made losses, log-sigmoid, softplus, and log-sum-exp (torch, scipy, sklearn).
      numpy is free.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 6.2.2.2. The
    interface is that of ``torch.nn.functional.binary_cross_entropy_with_logits``.

    Examples
    --------
    >>> logits = np.array([0.0, 1e4, 1e4])
    >>> loss = binary_cross_entropy(logits, np.array([1.0, 1.0, 0.5]))  # ln 2, nothing, and half of 1e4
    >>> round(float(loss), 4)
    1666.8977
    """
    raise NotImplementedError
