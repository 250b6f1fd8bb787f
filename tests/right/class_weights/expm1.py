"""1 - beta**n as -expm1(n log beta), which keeps its digits for beta near 1; NaN marks the absent."""

import numpy as np


def class_weights(counts, beta=0.999):
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = -np.expm1(counts * np.log(np.float64(beta)))
        inverse = np.where(counts == 0, np.nan, 1 / effective)
    return np.nan_to_num(inverse / np.nanmean(inverse))
