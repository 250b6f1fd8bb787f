def bernoulli_map(successes: int, trials: int, alpha: float, beta: float) -> float:
    """Estimate a chance of success from trials and a prior belief: the most probable value afterwards.

    Three heads in three throws do not prove that a coin always shows heads. A prior says so in numbers,
    and the estimate that heeds it is a simple fraction. It is asked to see whether you can tell the mode
    of a distribution from its mean, and maximum likelihood from maximum a posteriori.

    Parameters
    ----------
    successes : int
        In 0, …, ``trials``.
    trials : int
        How often it was tried, 0 or more; the trials are independent, with the same chance each.
    alpha, beta : float
        Of the prior: before any trial, a chance p in [0, 1] has the density of the Beta distribution,
        proportional to ``p**(alpha - 1) * (1 - p)**(beta - 1)``. Both are at least 1.

    Returns
    -------
    float
        The p at which the posterior density is largest: its **mode**, not its mean.

    Notes
    -----
    - With a flat prior, ``alpha = beta = 1``, the result is the maximum-likelihood estimate.
    - The mode may be 0 or 1: that is an answer like any other, and is not kept away from the ends.
    - Without trials the mode is that of the prior. If the prior is flat, too, every p is as probable as
      every other: raise a ``ValueError``.
    - The numbers are plain Python numbers; ``alpha`` and ``beta`` need not be whole.
    - Not allowed: numerical optimisation (``scipy.optimize``), and ``torch.distributions``, whose Beta knows
      its mode. The answer is a formula.

    References
    ----------
    K. P. Murphy, "Probabilistic Machine Learning: An Introduction", MIT Press 2022, section 4.6.2.

    Examples
    --------
    >>> bernoulli_map(3, 3, alpha=1, beta=1)  # a flat prior believes the data
    1.0
    >>> bernoulli_map(3, 3, alpha=2, beta=2)
    0.8
    """
    raise NotImplementedError
