"""Exact rational arithmetic; a division by zero is turned into the error that is asked."""

from fractions import Fraction


def bernoulli_map(successes, trials, alpha, beta):
    a = successes + Fraction(alpha) - 1
    b = trials - successes + Fraction(beta) - 1
    try:
        return float(a / (a + b))
    except ZeroDivisionError:
        raise ValueError("every p is as probable as every other") from None
