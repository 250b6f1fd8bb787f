import numpy as np


def sgd_momentum(
    params: list[np.ndarray],
    grads: list[np.ndarray],
    velocity: list[np.ndarray],
    lr: float,
    momentum: float = 0.9,
    weight_decay: float = 0.0,
    nesterov: bool = False,
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Make one step of gradient descent with momentum, weight decay and, if asked, Nesterov's look
    ahead.

    Most convolutional networks were trained by these four lines. They are asked because papers and
    frameworks write them in different orders, which agree as long as the learning rate never changes.

    Parameters
    ----------
    params : list of ndarray of float, any shapes
        The weights. Its arrays need not have the same shape; the list may be empty.
    grads : list of ndarray of float
        The gradient of each, of the same shape and dtype.
    velocity : list of ndarray of float
        The velocity of each, of the same shape and dtype: zeros at the first step, afterwards what was
        returned.
    lr : float
        Learning rate.
    momentum : float, optional
        What is left of the velocity after a step, in [0, 1).
    weight_decay : float, optional
        At least 0; pulls every weight towards 0.
    nesterov : bool, optional
        Whether to step along the velocity as it would be after one more step with the same gradient.

    Returns
    -------
    params, velocity : list of ndarray of float
        What they are after the step, in the order of the inputs. Tuples will do.

    Notes
    -----
    - The form is PyTorch's. The following is done with each weight w, its gradient g and its velocity v.
    - Weight decay is added to the gradient: ``g' = g + weight_decay · w``.
    - Velocity: ``v' = momentum · v + g'``. The learning rate is not part of it, and the gradient enters
      it in full.
    - Step: ``w' = w - lr · v'``, or ``w' = w - lr · (g' + momentum · v')`` with ``nesterov=True``.
    - The result holds new values; params, grads and velocity are left as they are. Their arrays may be
      views whose memory is not contiguous.
    - Not allowed: torch.

    References
    ----------
    I. Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013,
    section 2. The form is that of ``torch.optim.SGD`` without dampening; its page says how it differs.

    Examples
    --------
    >>> params, velocity = [np.array([1.0, 2.0])], [np.zeros(2)]
    >>> grads = [np.array([1.0, -1.0])]
    >>> for _ in range(2):
    ...     params, velocity = sgd_momentum(params, grads, velocity, lr=0.5, momentum=0.5)
    >>> params[0], velocity[0]
    (array([-0.25,  3.25]), array([ 1.5, -1.5]))
    """
    raise NotImplementedError
