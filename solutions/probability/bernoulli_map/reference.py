"""Mode of the Beta posterior of a Bernoulli chance.

With s successes in n trials the posterior is Beta(s + alpha, n - s + beta), whose mode is
(s + alpha - 1) / (n + alpha + beta - 2).

Source: K. P. Murphy, "Probabilistic Machine Learning: An Introduction", section 4.6.2.
"""


def bernoulli_map(successes: int, trials: int, alpha: float, beta: float) -> float:
    for_success = successes + (alpha - 1)
    for_failure = trials - successes + (beta - 1)
    if for_success + for_failure == 0:
        raise ValueError("a flat prior without trials has no mode")
    return for_success / (for_success + for_failure)
