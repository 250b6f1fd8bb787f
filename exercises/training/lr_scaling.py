def lr_scaling(
    base_lr: float,
    base_batch: int,
    batch: int,
    rule: str = "linear",
    warmup_steps: int = 0,
    step: int | None = None,
) -> float:
    """Adapt a learning rate that works for one batch size to another, and ramp up to it.

    A recipe says "0.1 for a batch of 256", and you have memory for 64 or GPUs for 8192. Two rules are in
    use, and a sudden large rate breaks a fresh network, so it is approached step by step. It is asked to
    see whether you know the rules apart, and what each of them keeps constant.

    Parameters
    ----------
    base_lr : float
        The learning rate that is known to work, greater than 0.
    base_batch : int
        The batch size it works for, at least 1.
    batch : int
        The batch size to be used, at least 1; larger or smaller than ``base_batch``.
    rule : {"linear", "sqrt"}, optional
        How the rate grows with the batch size.
    warmup_steps : int, optional
        How many steps the ramp takes; 0 is no ramp.
    step : int, optional
        Which step of training is asked for, counted from 0. Without it the scaled rate is asked for.

    Returns
    -------
    float

    Notes
    -----
    - With r how many times larger the batch is than ``base_batch``, the scaled rate is ``base_lr · r``
      by the "linear" rule and ``base_lr · √r`` by the "sqrt" rule. r is a fraction, not rounded, and may
      be less than 1.
    - At a step before ``warmup_steps`` the rate lies on a straight line: it is ``base_lr`` at step 0 and
      would reach the scaled rate at step ``warmup_steps``. For a smaller batch the line falls.
    - From step ``warmup_steps`` on, and whenever ``step`` is None, it is the scaled rate.
    - Not allowed: ready-made schedules (``torch.optim.lr_scheduler``).

    References
    ----------
    P. Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", arXiv:1706.02677,
    2017, section 2 (linear rule, gradual warm-up). A. Krizhevsky, "One weird trick for parallelizing
    convolutional neural networks", arXiv:1404.5997, 2014, section 5 (both rules).

    Examples
    --------
    >>> lr_scaling(0.1, 256, 1024)
    0.4
    >>> lr_scaling(0.1, 256, 1024, rule="sqrt")
    0.2
    >>> rates = [lr_scaling(0.1, 256, 1024, warmup_steps=3, step=s) for s in range(5)]
    >>> [round(rate, 6) for rate in rates]
    [0.1, 0.2, 0.3, 0.4, 0.4]
    """
    raise NotImplementedError
