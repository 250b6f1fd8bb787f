"""The share of successes and the prior's mode, each weighted by the trials that it is worth."""

import numpy as np


def bernoulli_map(successes, trials, alpha, beta):
    believed = (alpha - 1) + (beta - 1)
    if not trials and not believed:
        raise ValueError
    seen = successes / trials if trials else 0.0
    prior = (alpha - 1) / believed if believed else 0.0
    return np.asarray(np.average([seen, prior], weights=[trials, believed]))
