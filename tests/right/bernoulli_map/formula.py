"""The textbook's fraction, after asking for the one case that has none; a numpy scalar comes back."""

import numpy as np


def bernoulli_map(successes, trials, alpha, beta):
    if trials == 0 and alpha == 1 and beta == 1:
        raise ValueError("no mode")
    return np.float64(successes + alpha - 1) / np.float64(trials + alpha + beta - 2)
