"""Follows the slope of the log-posterior by bisection, and knows the edges."""


def bernoulli_map(successes, trials, alpha, beta):
    a, b = successes + alpha - 1, trials - successes + beta - 1
    if a == 0 and b == 0:
        raise ValueError
    low, high = 0.0, 1.0
    for _ in range(200):
        p = (low + high) / 2
        if a * (1 - p) > b * p:
            low = p
        else:
            high = p
    return 1 if b == 0 else 0 if a == 0 else (low + high) / 2
