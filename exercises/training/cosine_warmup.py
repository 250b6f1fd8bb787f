def cosine_warmup(
    step: int, total_steps: int, warmup_steps: int, max_lr: float, min_lr: float = 0.0
) -> float:
    """Give the learning rate of one step: up in a straight line, then down along half a cosine.

    This is the schedule of most vision models trained today. It is three lines, and asked because each
    of them can be off by one step: where the warm-up ends, where the cosine begins, and where it stops.

    Parameters
    ----------
    step : int
        Which step of training, counted from 0.
    total_steps : int
        The step at which the rate arrives at ``min_lr``.
    warmup_steps : int
        The step at which the rate arrives at ``max_lr``; at least 0 and less than ``total_steps``.
    max_lr : float
        The largest rate, greater than 0.
    min_lr : float, optional
        The rate at the end, at least 0 and at most ``max_lr``.

    Returns
    -------
    float

    Notes
    -----
    - Warm-up: before step ``warmup_steps`` the rate lies on the straight line from **0** at step 0 to
      ``max_lr`` at step ``warmup_steps``, whatever ``min_lr`` is. Without warm-up, step 0 has
      ``max_lr``.
    - Decay: from step ``warmup_steps`` to step ``total_steps`` it follows half a period of a cosine,
      from its crest, ``max_lr``, to its trough, ``min_lr``.
    - After step ``total_steps`` it stays at ``min_lr``.
    - Not allowed: ready-made schedules (``torch.optim.lr_scheduler``).

    References
    ----------
    I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, equation
    5, without restarts. T. He et al., "Bag of tricks for image classification with convolutional neural
    networks", CVPR 2019, sections 3.1 and 5.1.

    Examples
    --------
    >>> rates = [cosine_warmup(step, total_steps=6, warmup_steps=2, max_lr=1.0) for step in range(8)]
    >>> [round(rate, 3) for rate in rates]
    [0.0, 0.5, 1.0, 0.854, 0.5, 0.146, 0.0, 0.0]
    """
    raise NotImplementedError
