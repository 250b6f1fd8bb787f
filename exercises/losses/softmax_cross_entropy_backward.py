import numpy as np


def softmax_cross_entropy_backward(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Compute the gradient of a classifier's loss with respect to its logits.

    Forward, each sample is charged the negative logarithm of the probability of its true class::

        p    = softmax(logits)                                 over the c classes of each sample
        loss = mean over the n samples of -log(p[i, targets[i]])

    Every training step of every classifier begins with this gradient. It is asked because it looks
    fearsome, a Jacobian and a division by a vanishing probability, and comes down to a line that you can
    justify in words.

    Parameters
    ----------
    logits : ndarray of float, shape (n, c)
        Raw scores of c classes for each of n samples, both at least 1; not yet probabilities.
    targets : ndarray of int, shape (n,)
        The true class of each sample, in 0, …, c - 1, of any integer dtype.

    Returns
    -------
    ndarray of float, shape (n, c)
        The derivative of the mean loss with respect to each logit.

    Notes
    -----
    - The loss is the *mean* over the n samples, with the natural logarithm.
    - Logits up to ±1e4 give a finite and right result, in float64 and in float32, also where the
      probability of the true class is too small to be represented. At such magnitudes float32 rounds
      logits to thousandths, and an error that comes of this is no fault.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: automatic differentiation, and ready-made softmax, log-softmax and log-sum-exp (torch,
      scipy, sklearn). numpy is free.

    References
    ----------
    I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section 6.2.2.3. The result
    is that of autograd on ``torch.nn.functional.cross_entropy``.

    Examples
    --------
    >>> logits = np.array([[2.0, 2.0, 2.0, 2.0], [0.0, 1e4, 0.0, -1e4]])
    >>> softmax_cross_entropy_backward(logits, np.array([1, 0]))  # unsure, and sure but wrong
    array([[ 0.125, -0.375,  0.125,  0.125],
           [-0.5  ,  0.5  ,  0.   ,  0.   ]])
    """
    raise NotImplementedError
