"""No choice between pieces: the part of the error up to beta is charged as a ramp, the rest in full."""

import numpy as np


def smooth_l1(pred, target, beta=1.0):
    error = np.fabs(np.subtract(pred, target, dtype=np.float64))
    ramp = np.minimum(error, beta)
    return float(np.average(error - ramp + ramp * (ramp / max(beta, 1e-300)) / 2))
