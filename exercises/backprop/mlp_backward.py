import numpy as np


def mlp_backward(
    x: np.ndarray,
    targets: np.ndarray,
    w1: np.ndarray,
    b1: np.ndarray,
    w2: np.ndarray,
    b2: np.ndarray,
) -> tuple[float, dict[str, np.ndarray]]:
    """Compute the loss of a network with one hidden layer, and its gradient for every parameter.

    The network classifies each of n samples::

        a      = x @ w1 + b1                 the pre-activations
        hidden = max(a, 0)                   ReLU
        logits = hidden @ w2 + b2
        loss   = mean over the n samples of -log(softmax(logits)[i, targets[i]])

    It is the smallest network in which all of backpropagation occurs: a loss, two matrix products, a
    nonlinearity, and values of the forward pass that the way back needs again. It is asked because it can
    be done in ten lines by anyone who knows which matrix to transpose, and why.

    Parameters
    ----------
    x : ndarray of float, shape (n, inputs)
        One sample a row; n is at least 1.
    targets : ndarray of int, shape (n,)
        The true class of each sample, in 0, …, classes - 1, of any integer dtype.
    w1 : ndarray of float, shape (inputs, hidden)
        Weights of the first layer.
    b1 : ndarray of float, shape (hidden,)
        Its biases.
    w2 : ndarray of float, shape (hidden, classes)
        Weights of the second layer.
    b2 : ndarray of float, shape (classes,)
        Its biases.

    Returns
    -------
    loss : float
        The mean loss; a Python number, a numpy scalar or a 0-d array.
    gradients : dict of str to ndarray of float
        The derivatives of the mean loss, under exactly the keys ``"w1"``, ``"b1"``, ``"w2"`` and
        ``"b2"``, each of the shape of its parameter.

    Notes
    -----
    - The loss is the *mean* over the n samples, with the natural logarithm, and the gradients are those of
      this mean.
    - The derivative of ReLU at exactly 0 is taken as **0**.
    - Logits up to ±1e4 give a finite and right result, also where the probability of the true class is too
      small to be represented. At such magnitudes float32 rounds logits to thousandths, and an error that
      comes of this is no fault.
    - All arrays but ``targets`` are float64, or all are float32; results of either width are fine.
    - The inputs may be strided views, and are left as they are.
    - Not allowed: automatic differentiation (``torch.autograd``, ``.backward()``, ``torch.func``).

    References
    ----------
    D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by back-propagating errors",
    Nature 323, 1986. I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", MIT Press 2016, section
    6.5.

    Examples
    --------
    >>> x, targets = np.array([[1.0, 2.0]]), np.array([0])
    >>> w1, b1 = np.array([[1.0, -1.0], [1.0, -1.0]]), np.array([-2.0, 0.0])
    >>> w2, b2 = np.array([[2.0, 4.0], [1.0, 1.0]]), np.array([2.0, 0.0])  # both logits are 4
    >>> loss, gradients = mlp_backward(x, targets, w1, b1, w2, b2)
    >>> round(float(loss), 4)  # log 2
    0.6931
    >>> gradients["w2"]
    array([[-0.5,  0.5],
           [ 0. ,  0. ]])
    >>> gradients["w1"]
    array([[1., 0.],
           [2., 0.]])
    """
    raise NotImplementedError
