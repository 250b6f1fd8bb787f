from typing import Any

import numpy as np


def adam(
    params: list[np.ndarray],
    grads: list[np.ndarray],
    state: Any,
    lr: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled: bool = False,
) -> tuple[list[np.ndarray], Any]:
    """Make one step of Adam, or of AdamW.

    Adam divides a running mean of the gradient by the root of a running mean of its square, so that
    every weight moves by about the learning rate, whatever the size of its gradient. It is asked because
    the details decide: the means start at zero, and weight decay goes to one of two places.

    Parameters
    ----------
    params : list of ndarray of float, any shapes
        The weights. Its arrays need not have the same shape; the list may be empty.
    grads : list of ndarray of float
        The gradient of each, of the same shape and dtype.
    state : object
        None at the first step, afterwards what was returned. What it holds is your own affair; the
        grader only hands it back. It may hand back the same state twice, so leave it as it is and return
        a new one.
    lr : float, optional
        Learning rate. It may differ from step to step, and so may the other options but ``betas``.
    betas : tuple of float, optional
        How much is left of the mean of the gradient, β1, and of the mean of its square, β2, after a
        step; both in [0, 1).
    eps : float, optional
        Keeps the division finite; greater than 0.
    weight_decay : float, optional
        At least 0; pulls every weight towards 0.
    decoupled : bool, optional
        Where weight decay acts: False is Adam with L2 regularisation, True is AdamW.

    Returns
    -------
    params : list of ndarray of float
        What they are after the step, in the order of the inputs. A tuple will do.
    state : object
        To be passed in at the next step.

    Notes
    -----
    - Steps are counted from 1. Step t does the following with each weight w and its gradient g; m and v
      are 0 before step 1.
    - Running means: ``m = β1 · m + (1 - β1) · g`` and ``v = β2 · v + (1 - β2) · g²``.
    - Bias correction: ``m̂ = m / (1 - β1^t)`` and ``v̂ = v / (1 - β2^t)``.
    - Step: ``w' = w - lr · m̂ / (√v̂ + eps)``. eps is added after the correction, outside the root.
    - Weight decay with ``decoupled=False`` comes before all this and is added to the gradient:
      ``g = g + weight_decay · w``.
    - Weight decay with ``decoupled=True`` leaves the gradient alone: w is multiplied by
      ``1 - lr · weight_decay``, and then the step is subtracted.
    - The result holds new values; params, grads and state are left as they are. Arrays may be views
      whose memory is not contiguous.
    - Not allowed: torch.

    References
    ----------
    D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1. I.
    Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2. The form is
    that of ``torch.optim.Adam`` and ``torch.optim.AdamW``.

    Examples
    --------
    >>> params, state = [np.array([1.0, 2.0])], None
    >>> for _ in range(2):
    ...     params, state = adam(params, [np.array([100.0, -0.01])], state, lr=0.25)
    >>> np.round(params[0], 4)  # two steps of the length 0.25, for a large gradient as for a small one
    array([0.5, 2.5])
    """
    raise NotImplementedError
